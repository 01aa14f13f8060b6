using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;

namespace SpladeLucene.Model;

/// <summary>How values of a type are stored, matched, compared and sorted in a field.</summary>
internal abstract class FieldValues
{
    public const string Known = "string, bool, byte, sbyte, short, ushort, int, uint, long, float, double, decimal, Guid, DateTime, "
        + "DateTimeOffset, DateOnly, TimeOnly, string[], List<string>, and the nullable ones of them";

    /// <summary>Whether values can be ranges' ends.</summary>
    public virtual bool HasOrder => false;

    /// <summary>Whether records can be sorted by them.</summary>
    public virtual bool HasSort => true;

    /// <summary>The values of a type; null where no field holds such.</summary>
    public static FieldValues? Of(Type type)
    {
        Type plain = Nullable.GetUnderlyingType(type) ?? type;
        if (IsList(plain)) return new TextListValues(plain);
        if (plain == typeof(decimal)) return new DecimalValues();
        return TextValues.Of(plain) ?? (FieldValues?)OrdinalValues.Of(plain);
    }

    public static bool IsList(Type type) => type == typeof(string[]) || type == typeof(List<string>);

    /// <summary>Adds what filters and sorts look at.</summary>
    /// <exception cref="FieldValueException">It can't be indexed.</exception>
    public abstract void Index(Document document, string field, object value);

    /// <summary>Adds what is read back.</summary>
    public abstract void Store(Document document, string field, object value);

    /// <summary>What was stored; null where nothing was.</summary>
    public abstract object? Read(Document document, string field);

    /// <summary>The documents that have this value.</summary>
    /// <exception cref="NotSupportedException">It isn't comparable with the field's values.</exception>
    public abstract Query Equal(string field, object value);

    /// <summary>The documents whose value <see cref="object.Equals(object)"/> takes for this one, as lists do: NaN is NaN to it.</summary>
    /// <exception cref="NotSupportedException">It isn't comparable with the field's values.</exception>
    public virtual Query Same(string field, object value) => Equal(field, value);

    /// <summary>The documents whose value lies between two, either of which may be null.</summary>
    public virtual Query Between(string field, object? least, object? most, bool orEqual) =>
        throw new NotSupportedException("Only numbers and times are compared by order.");

    public virtual SortField Sort(string field, bool descending) =>
        throw new NotSupportedException("Lists have no order.");

    /// <summary>A value as one term.</summary>
    /// <exception cref="FieldValueException">It is too long for one.</exception>
    protected static BytesRef TermOf(string text)
    {
        var bytes = new BytesRef(text);
        return bytes.Length <= IndexWriter.MAX_TERM_LENGTH ? bytes : throw new FieldValueException(
            $"the value has {bytes.Length} bytes, and {IndexWriter.MAX_TERM_LENGTH} at most are matched as a whole: "
            + "leave IsIndexed out, or set IsFullTextIndexed instead");
    }
}

/// <summary>A value can't be indexed, and why.</summary>
internal sealed class FieldValueException(string message) : Exception(message);
