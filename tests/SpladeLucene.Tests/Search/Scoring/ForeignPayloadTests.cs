using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Store;
using SpladeLucene.Tests.Support;

namespace SpladeLucene.Tests;

/// <summary>
/// A payload that is no impact, in a document that is deleted: however a search goes, it finds what is live, and the same.
/// </summary>
public sealed class ForeignPayloadTests
{
    private const string Field = "splade", Id = "id";

    private static readonly ImpactCache None = new(new ImpactCacheOptions { BudgetInBytes = 0 });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Search_OfADeletedDocument_FindsTheOthersEveryWay(bool floored)
    {
        using var directory = new RAMDirectory();
        using DirectoryReader reader = Index(directory, delete: true);
        SpladeQuery query = Query(floored);

        string[] answers = [.. Ways(reader, query).Select(way => string.Join(' ', way().ScoreDocs.Select(hit => $"{hit.Doc}:{hit.Score}")))];

        Assert.All(answers, answer => Assert.Equal(answers[0], answer));
        Assert.NotEmpty(answers[0]);
        Assert.DoesNotContain("1:", answers[0].Split(' ').Select(hit => hit[..2]));
    }

    [Fact]
    public void Explain_ImpactOfNothing_IsNoMatch()
    {
        using DirectoryReader reader = TestIndex.Of([TestIndex.Document(new TextField(Field, new PayloadTokens(("dog", [0]))))]);
        var query = new SpladeQuery(Field, VectorIndex.Impacts(("dog", 1)));

        Assert.False(new IndexSearcher(reader).Explain(query, 0).IsMatch);
        Assert.Equal(0, new IndexSearcher(reader).Search(query, 1).TotalHits);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Search_OfALiveDocument_IsRefusedEveryWay(bool floored)
    {
        using var directory = new RAMDirectory();
        using DirectoryReader reader = Index(directory, delete: false);

        foreach (Func<TopDocs> way in Ways(reader, Query(floored))) Assert.ThrowsAny<InvalidOperationException>(way);
    }

    // The impacts of a segment belong to all readers of it.
    [Fact]
    public void Search_OfAReaderFromBeforeTheDeletion_IsStillRefused()
    {
        using var directory = new RAMDirectory();
        using DirectoryReader before = Index(directory, delete: false);
        using (var writer = new IndexWriter(directory, Config())) writer.DeleteDocuments(new Term(Id, "1"));
        using DirectoryReader after = DirectoryReader.OpenIfChanged(before);
        var cache = new ImpactCache();
        var options = new SpladeSearcherOptions { Impacts = cache };

        Assert.NotEmpty(new SpladeSearcher(after, options).Search(Query(floored: false), 10).ScoreDocs);
        Assert.ThrowsAny<InvalidOperationException>(() => new SpladeSearcher(before, options).Search(Query(floored: false), 10));
    }

    // Bare, which runs a bulk scorer; filtered and in a conjunction, which run scorers; with a floor, which gathers; from impacts and
    // from postings.
    private static IEnumerable<Func<TopDocs>> Ways(DirectoryReader reader, SpladeQuery query)
    {
        foreach (ImpactCache cache in new[] { None, new ImpactCache() })
        {
            IndexSearcher[] searchers = [new(reader), new SpladeSearcher(reader, new SpladeSearcherOptions { Impacts = cache })];
            foreach (IndexSearcher searcher in searchers)
            {
                yield return () => searcher.Search(query, 10);
                yield return () => searcher.Search(query, new QueryWrapperFilter(new MatchAllDocsQuery()), 10);
                yield return () => searcher.Search(new BooleanQuery { { query, Occur.MUST }, { Weightless(), Occur.MUST } }, 10);
                yield return () => searcher.Search(query, null, 10, Sort.RELEVANCE, doDocScores: true, doMaxScore: false);
            }
        }
    }

    private static ConstantScoreQuery Weightless() => new(new MatchAllDocsQuery()) { Boost = 0 };

    private static SpladeQuery Query(bool floored) => new(Field, SparseVector.Create([new SparseTerm("dog", 1), new SparseTerm("cat", 2)]))
    {
        Floor = floored ? new ScoreFloor { ShareOfBest = 0.5f } : ScoreFloor.None,
    };

    private static IndexWriterConfig Config()
    {
        IndexWriterConfig config = TestIndex.Config();
        config.MergePolicy = NoMergePolicy.COMPOUND_FILES;
        return config;
    }

    // Document 1 is the foreign one.
    private static DirectoryReader Index(RAMDirectory directory, bool delete)
    {
        using (var writer = new IndexWriter(directory, Config()))
        {
            byte[][] payloads = [[7], [1, 2], [200], [90]];
            for (int i = 0; i < payloads.Length; i++)
            {
                writer.AddDocument(TestIndex.Document(new StringField(Id, $"{i}", Lucene.Net.Documents.Field.Store.NO),
                    new TextField(Field, new PayloadTokens(("dog", payloads[i]), ("cat", [3])))));
            }

            writer.Commit();
            if (delete) writer.DeleteDocuments(new Term(Id, "1"));
        }

        return DirectoryReader.Open(directory);
    }
}
