using Lucene.Net.Documents;
using Lucene.Net.Util;

namespace SpladeLucene.Reindexing.Tests;

internal sealed partial class LegacyDocuments
{
    private static readonly long[] EdgesOfWhole = [0, 1, -1, 127, 128, int.MinValue, int.MaxValue, long.MinValue, long.MaxValue];

    private static readonly double[] EdgesOfReal =
        [0, -0.0, double.Epsilon, double.MaxValue, double.NegativeInfinity, double.NaN, 1 / 3.0, 1e10];

    private void AddStoredValues(Document document)
    {
        if (Mostly) document.Add(new StoredField("int", (int)Whole()));
        if (Mostly) document.Add(new StoredField("long", Whole()));
        if (Mostly) document.Add(new StoredField("single", (float)Real()));
        if (Mostly) document.Add(new StoredField("double", Real()));
        if (Mostly) document.Add(new StoredField("bytes", Bytes()));
        for (int values = _random.Next(4); values > 0; values--) AddOneOfMixed(document);
    }

    // Values of one field may be of different kinds, and empty.
    private void AddOneOfMixed(Document document) => document.Add(_random.Next(4) switch
    {
        0 => new StoredField("mixed", (int)Whole()),
        1 => new StoredField("mixed", _texts.Short()),
        2 => new StoredField("mixed", Bytes()),
        _ => new StoredField("mixed", ""),
    });

    private void AddDocValues(Document document)
    {
        if (Mostly) document.Add(new NumericDocValuesField("number", Whole()));
        if (Mostly) document.Add(new NumericDocValuesField("small_number", _random.Next(3)));
        if (Mostly) document.Add(new BinaryDocValuesField("binary", Bytes()));
        if (Mostly) document.Add(new SortedDocValuesField("sorted", new BytesRef(_texts.Word())));
        for (int values = _random.Next(4); values > 0; values--)
            document.Add(new SortedSetDocValuesField("set", new BytesRef(_texts.Word())));
    }

    private long Whole() =>
        Sometimes ? EdgesOfWhole[_random.Next(EdgesOfWhole.Length)] : _random.NextInt64(-1000, 1000);

    private double Real() => Sometimes ? EdgesOfReal[_random.Next(EdgesOfReal.Length)] : _random.NextDouble();

    private BytesRef Bytes()
    {
        var bytes = new byte[Sometimes ? 0 : _random.Next(1, 40)];
        _random.NextBytes(bytes);
        return new BytesRef(bytes);
    }
}
