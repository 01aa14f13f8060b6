using System.Text;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using SpladeLucene.Tests.Support;

namespace SpladeLucene.Tests;

/// <summary>Fingerprints and payloads that nobody of this library wrote are read, or refused in a sentence.</summary>
public sealed class MutatedTermsTests
{
    private const string Field = "splade";

    private static readonly WordEncoder Encoder = new();

    [Fact]
    public void Create_MutatedFingerprint_IsAnswered()
    {
        byte[] term = Encoding.UTF8.GetBytes(
            new SpladeFingerprint(Encoder.Fingerprint, 5, WeightEncoding.Payload).ToTerm());
        foreach ((string change, byte[] mutated) in Mutation.Of(term, seed: 21))
        {
            using DirectoryReader reader = Index([(Encoding.UTF8.GetString(mutated), null), ("dog", [7])]);
            Answered(change, () => SpladeFingerprint.Read(reader, Field));
            Answered(change, () => SpladeCoverage.Of(reader, Field));
            Answered(change, () => new SpladeSearcher(reader).Search(SpladeQuery.Create(reader, Field, "dog", Encoder), 10));
        }
    }

    [Fact]
    public void Search_ForeignPayloads_IsAnsweredTheSame()
    {
        foreach ((string change, byte[] mutated) in Mutation.Of([7, 1, 0, 0, 255, 255, 3], seed: 22))
        {
            // The first byte of each says how long the payload behind it is.
            var tokens = new List<(string, byte[]?)>();
            for (int at = 0; at < mutated.Length; at += 1 + (mutated[at] % 4))
                tokens.Add(($"t{at % 3}", mutated[at] % 4 == 0 ? null : mutated.Skip(at + 1).Take(mutated[at] % 4).ToArray()));
            using DirectoryReader reader = Index([.. tokens]);
            var query = new SpladeQuery(Field, SparseVector.Create([new SparseTerm("t0", 1), new SparseTerm("t1", 2)]));
            string plain = Answered(change, () => new IndexSearcher(reader).Search(query, 10));
            string fast = Answered(change, () => new SpladeSearcher(reader).Search(query, 10));
            Assert.True(fast == plain, $"{change}: {fast} instead of {plain}");
        }
    }

    [Theory]
    [InlineData("t0", false)]
    [InlineData("t1", true)]
    public void Search_ForeignPayloadOfOneTerm_RefusesThoseWhoAskForItAlone(string asked, bool refused)
    {
        using DirectoryReader reader = Index([("t0", [7]), ("t1", [1, 2]), ("t2", [3])]);
        var query = new SpladeQuery(Field, SparseVector.Create([new SparseTerm(asked, 1)]));
        var cache = new ImpactCache();
        cache.Warm(reader, Field);
        var fast = new SpladeSearcher(reader, new SpladeSearcherOptions { Impacts = cache });

        foreach (IndexSearcher searcher in new IndexSearcher[] { new(reader), fast })
        {
            string answer = Answered(asked, () => searcher.Search(query, 10));
            Assert.Equal(refused, answer == "refused");
            string filtered = Answered(asked, () => searcher.Search(query, new SpladeFilter(query), 10));
            Assert.Equal(refused, filtered == "refused");
        }

        Assert.Equal((0, 0L), (cache.Statistics.Entries, cache.Statistics.Bytes));
        if (!refused) Assert.Equal(FallbackReason.ForeignPayload, ((SpladeTopDocs)fast.Search(query, 10)).Segments[0].Fallback);
    }

    private static string Answered(string change, Func<object> ask)
    {
        try
        {
            return ask() is TopDocs hits ? string.Join(' ', hits.ScoreDocs.Select(hit => hit.ToString())) : "";
        }
        catch (Exception e) when (e is InvalidOperationException or FingerprintMismatchException)
        {
            Assert.False(string.IsNullOrWhiteSpace(e.Message), change);
            return "refused";
        }
        catch (Exception e)
        {
            Assert.Fail($"{change}: {e}");
            return "";
        }
    }

    private static DirectoryReader Index((string Term, byte[]? Payload)[] tokens) =>
        TestIndex.Of([TestIndex.Document(new TextField(Field, new PayloadTokens(tokens)))]);
}
