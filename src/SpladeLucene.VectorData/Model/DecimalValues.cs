using System.Globalization;
using System.Numerics;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;

namespace SpladeLucene.Model;

/// <summary>Decimals, which no numeric field of Lucene holds exactly: terms whose order is the numbers'.</summary>
internal sealed class DecimalValues : FieldValues
{
    private const int MostDigits = 28;

    // Every decimal with as many digits after the point as one can have is less than this, above and below zero.
    private static readonly BigInteger Zero = BigInteger.One << 192;

    public override void Index(Document document, string field, object value)
    {
        string term = TermText(value);
        document.Add(new StringField(field, term, Field.Store.NO));
        document.Add(new SortedDocValuesField(field, TermOf(term)));
    }

    public override void Store(Document document, string field, object value) =>
        document.Add(new StoredField(field, ((decimal)value).ToString(CultureInfo.InvariantCulture)));

    public override object? Read(Document document, string field) => document.Get(field, CultureInfo.InvariantCulture) is { } text
        ? decimal.Parse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) : null;

    public override Query Equal(string field, object value) => new TermQuery(new Term(field, TermText(value)));

    public override Query Between(string field, object? least, object? most, bool orEqual) => TermRangeQuery.NewStringRange(
        field, least is null ? null : TermText(least), most is null ? null : TermText(most), orEqual, orEqual);

    public override SortField Sort(string field, bool descending) => new(field, SortFieldType.STRING, descending);

    private static string TermText(object value)
    {
        if (value is not decimal number) throw new NotSupportedException($"a {nameof(Decimal)} isn't compared with a {value.GetType().Name}.");
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(number, parts);
        BigInteger digits = ((BigInteger)(uint)parts[2] << 64) | ((BigInteger)(uint)parts[1] << 32) | (uint)parts[0];
        BigInteger scaled = digits * BigInteger.Pow(10, MostDigits - number.Scale);
        return (Zero + (decimal.IsNegative(number) ? -scaled : scaled)).ToString("X50", CultureInfo.InvariantCulture);
    }
}
