using System.Globalization;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;

namespace SpladeLucene.Model;

/// <summary>Values that are one term each: texts, GUIDs, true and false.</summary>
internal sealed class TextValues : FieldValues
{
    private readonly Func<object, string> _write;
    private readonly Func<string, object> _read;

    private TextValues(Type type, Func<object, string> write, Func<string, object> read) => (Type, _write, _read) = (type, write, read);

    private Type Type { get; }

    public static new TextValues? Of(Type type)
    {
        if (type == typeof(string)) return new TextValues(type, value => (string)value, text => text);
        if (type == typeof(Guid)) return new TextValues(type, value => ((Guid)value).ToString("D"), text => Guid.ParseExact(text, "D"));
        return type == typeof(bool) ? new TextValues(type, value => (bool)value ? "true" : "false", text => text == "true") : null;
    }

    public override void Index(Document document, string field, object value)
    {
        document.Add(new StringField(field, TextOf(value), Field.Store.NO));
        document.Add(new SortedDocValuesField(field, TermOf(_write(value))));
    }

    public override void Store(Document document, string field, object value) => document.Add(new StoredField(field, _write(value)));

    public override object? Read(Document document, string field) =>
        document.Get(field, CultureInfo.InvariantCulture) is { } text ? _read(text) : null;

    public override Query Equal(string field, object value) => value.GetType() == Type
        ? new TermQuery(new Term(field, _write(value)))
        : throw new NotSupportedException($"a {Type.Name} isn't compared with a {value.GetType().Name}.");

    public override SortField Sort(string field, bool descending) => new(field, SortFieldType.STRING, descending);

    private string TextOf(object value)
    {
        string text = _write(value);
        TermOf(text);
        return text;
    }
}

/// <summary>Lists of texts, each text one term.</summary>
internal sealed class TextListValues(Type type) : FieldValues
{
    public override bool HasSort => false;

    public override void Index(Document document, string field, object value)
    {
        foreach (string text in Texts(value))
        {
            TermOf(text);
            document.Add(new StringField(field, text, Field.Store.NO));
        }
    }

    public override void Store(Document document, string field, object value)
    {
        foreach (string text in Texts(value)) document.Add(new StoredField(field, text));
    }

    public override object Read(Document document, string field)
    {
        string[] texts = document.GetValues(field, CultureInfo.InvariantCulture);
        return type == typeof(string[]) ? texts : texts.ToList();
    }

    /// <summary>The documents whose list has this text.</summary>
    public override Query Equal(string field, object value) => value is string text
        ? new TermQuery(new Term(field, text)) : throw new NotSupportedException("Lists are asked for the texts they contain.");

    private static IEnumerable<string> Texts(object value) => ((IEnumerable<string?>)value).Select(
        text => text ?? throw new FieldValueException("its list has a null in it"));
}
