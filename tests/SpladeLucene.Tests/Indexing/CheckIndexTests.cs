using Lucene.Net.Index;
using Lucene.Net.Store;

namespace SpladeLucene.Tests;

/// <summary>Lucene.NET's own checker finds nothing odd about SPLADE fields: they are plain postings.</summary>
public sealed class CheckIndexTests
{
    public static TheoryData<WeightEncoding, bool> Encodings => new()
    {
        { WeightEncoding.Payload, false }, { WeightEncoding.Payload, true }, { WeightEncoding.TermFrequency, false },
    };

    [Theory]
    [MemberData(nameof(Encodings))]
    public void DoCheckIndex_EveryEncoding_IsClean(WeightEncoding encoding, bool offsets)
    {
        var encoder = new WordEncoder();
        using var directory = new RAMDirectory();
        using (var writer = new IndexWriter(directory, TestIndex.Config()))
        {
            foreach (string text in new[] { "sleeping canine", "dog and fox", "", "agile fox" })
            {
                writer.AddDocument(TestIndex.Document(new SpladeField(
                    "splade", encoder.Encode(text), encoder.Fingerprint,
                    new ImpactFormat { Encoding = encoding, Offsets = offsets }, text.Length)));
                writer.Commit();
            }

            writer.ForceMerge(2);
        }

        CheckIndex.Status status = new CheckIndex(directory).DoCheckIndex();

        Assert.True(status.Clean);
        Assert.Equal(2, status.NumSegments);
    }
}
