using System.Globalization;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;

namespace SpladeLucene.Model;

/// <summary>Numbers and times, each as a 64-bit integer of the same order, as Lucene's numeric fields have them.</summary>
internal sealed class OrdinalValues : FieldValues
{
    // Sorted below every number, as null and NaN are by .NET's own comparers; but for these two integers themselves.
    private const long Null = long.MinValue, NaN = long.MinValue + 1;

    private static readonly Type[] Integers =
        [typeof(byte), typeof(sbyte), typeof(short), typeof(ushort), typeof(int), typeof(uint), typeof(long)];

    private readonly Func<object, long?> _ordinal;
    private readonly Func<object, StoredNumber> _write;
    private readonly Func<IIndexableField, object> _read;

    private OrdinalValues(Func<object, long?> ordinal, Func<object, StoredNumber> write, Func<IIndexableField, object> read) =>
        (_ordinal, _write, _read) = (ordinal, write, read);

    public override bool HasOrder => true;

    public static new OrdinalValues? Of(Type type)
    {
        if (Integers.Contains(type))
        {
            return new(OfInteger, value => new(Integer: ToInt64(value)),
                field => Convert.ChangeType(field.GetInt64Value()!.Value, type, CultureInfo.InvariantCulture));
        }

        if (type == typeof(double)) return new(OfDouble, value => new(Double: (double)value), field => field.GetDoubleValue()!.Value);
        if (type == typeof(float)) return new(OfDouble, value => new(Double: (float)value), field => (float)field.GetDoubleValue()!.Value);
        if (type == typeof(DateTime)) return OfTime(value => value.Ticks, text => DateTime.ParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind));
        if (type == typeof(DateTimeOffset)) return OfTime(value => value.UtcTicks, text => DateTimeOffset.ParseExact(text, "O", CultureInfo.InvariantCulture));
        if (type == typeof(DateOnly)) return OfTime(value => value.DayNumber, text => DateOnly.ParseExact(text, "O", CultureInfo.InvariantCulture));
        return type == typeof(TimeOnly) ? OfTime(value => value.Ticks, text => TimeOnly.ParseExact(text, "O", CultureInfo.InvariantCulture)) : null;
    }

    public override void Index(Document document, string field, object value)
    {
        long? ordinal = _ordinal(value);
        // No number is equal to NaN, greater or less.
        if (ordinal is { } number) document.Add(new Int64Field(field, number, Field.Store.NO));
        document.Add(new NumericDocValuesField(field, ordinal ?? NaN));
    }

    public override void Store(Document document, string field, object value)
    {
        StoredNumber number = _write(value);
        document.Add(number switch
        {
            { Text: { } text } => new StoredField(field, text),
            { Double: { } real } => new StoredField(field, real),
            _ => new StoredField(field, number.Integer),
        });
    }

    public override object? Read(Document document, string field) =>
        document.GetField(field) is { } stored ? _read(stored) : null;

    public override Query Equal(string field, object value)
    {
        if (_ordinal(value) is not { } number) return new BooleanQuery();
        var term = new BytesRef();
        NumericUtils.Int64ToPrefixCoded(number, 0, term);
        return new TermQuery(new Term(field, term));
    }

    public override Query Same(string field, object value) => _ordinal(value) is null
        ? new ConstantScoreQuery(FieldCacheRangeFilter.NewInt64Range(field, NaN, NaN, includeLower: true, includeUpper: true))
        : Equal(field, value);

    public override Query Between(string field, object? least, object? most, bool orEqual)
    {
        long? lowest = Comparable(least), highest = Comparable(most);
        // No number is equal to NaN, greater or less.
        if ((least is not null && lowest is null) || (most is not null && highest is null)) return new BooleanQuery();
        return NumericRangeQuery.NewInt64Range(field, lowest, highest, orEqual, orEqual);
    }

    public override SortField Sort(string field, bool descending)
    {
        var sort = new SortField(field, SortFieldType.INT64, descending);
        sort.SetMissingValue(J2N.Numerics.Int64.GetInstance(Null));
        return sort;
    }

    private long? Comparable(object? value) => value is null ? null : _ordinal(value);

    private static OrdinalValues OfTime<T>(Func<T, long> ordinal, Func<string, T> read)
        where T : struct, IFormattable => new(
            value => value is T time ? ordinal(time) : throw Incomparable(typeof(T), value),
            value => new(Text: ((T)value).ToString("O", CultureInfo.InvariantCulture)),
            field => read(field.GetStringValue(CultureInfo.InvariantCulture)));

    private static long? OfInteger(object value) => Integers.Contains(value.GetType()) || value is ulong
        ? ToInt64(value) : throw Incomparable(typeof(long), value);

    private static long? OfDouble(object value)
    {
        if (value is not (double or float) && !Integers.Contains(value.GetType())) throw Incomparable(typeof(double), value);
        double real = Convert.ToDouble(value, CultureInfo.InvariantCulture);
        // Both zeros are equal and would be two numbers.
        return double.IsNaN(real) ? null : NumericUtils.DoubleToSortableInt64(real == 0 ? 0 : real);
    }

    private static long ToInt64(object value) => value is ulong large
        ? (long)Math.Min(large, long.MaxValue) : Convert.ToInt64(value, CultureInfo.InvariantCulture);

    private static NotSupportedException Incomparable(Type type, object value) =>
        new($"a {type.Name} isn't compared with a {value.GetType().Name}.");

    private readonly record struct StoredNumber(long Integer = 0, double? Double = null, string? Text = null);
}
