using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Store;
using SpladeLucene.Tests.Support;

namespace SpladeLucene.Tests;

public sealed partial class SpladeIndexerTests : IDisposable
{
    private readonly RAMDirectory _directory = new();
    private readonly IndexWriter _writer;
    private readonly WordEncoder _encoder = new();

    public SpladeIndexerTests() => _writer = new IndexWriter(_directory, TestIndex.Config());

    public void Dispose()
    {
        _writer.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task AddAsync_Documents_AreEncodedInBatchesWithProgress()
    {
        var seen = new List<SpladeProgress>();
        var indexer = Indexer(new SpladeIndexerOptions { BatchSize = 4, Total = 10 });

        SpladeIndexerResult result = await indexer.AddAsync(Documents(10), new Collector<SpladeProgress>(seen));

        Assert.Equal((10, 10, 3), (result.Documents, _writer.NumDocs, _encoder.Batches));
        Assert.Equal([4, 8, 10], seen.Select(progress => progress.Done));
    }

    [Fact]
    public async Task AddAsync_TextsWithoutTermsAndWeightsTooLarge_AreCounted()
    {
        // A word weighs 2, over the 0.99 that the largest impact stands for.
        var indexer = Indexer(new SpladeIndexerOptions { Format = new ImpactFormat { Quantizer = new ImpactQuantizer(1) } });

        SpladeIndexerResult result = await indexer.AddAsync([MakeDocument(0, "dog"), MakeDocument(1, "..."), MakeDocument(2, "")]);

        Assert.Equal(new SpladeIndexerResult(3, 2, 1), result);
    }

    [Fact]
    public async Task AddAsync_WhileABatchIsAdded_EncodesTheNext()
    {
        var added = new List<int>();
        IEnumerable<SpladeDocument> documents = Documents(12).Select((document, place) =>
        {
            if (place % 4 == 0) added.Add(_writer.NumDocs);
            return document;
        });
        await Indexer(new SpladeIndexerOptions { BatchSize = 4 }).AddAsync(documents);
        Assert.Equal([0, 0, 4], added);
    }

    [Fact]
    public async Task AddAsync_WithAKey_ReplacesTheDocument()
    {
        var indexer = Indexer(new SpladeIndexerOptions());
        SpladeDocument document = MakeDocument(1, "fox") with { Key = new Term("id", "id1") };

        await indexer.AddAsync([document, document with { Text = "dog" }]);
        _writer.Commit();

        using DirectoryReader reader = DirectoryReader.Open(_directory);
        Assert.Equal(1, reader.NumDocs);
        Assert.Equal(1, new IndexSearcher(reader).Search(SpladeQuery.Create(reader, "splade", "dog", _encoder), 1).TotalHits);
    }

    [Fact]
    public async Task AddAsync_WeightsTooSmallForAnImpact_AreCountedAsEmpty()
    {
        var encoder = new FaultyEncoder(() => [SparseVector.Create([new SparseTerm("fox", 0.001f)])]);

        SpladeIndexerResult result = await new SpladeIndexer(_writer, encoder, "splade").AddAsync(Documents(1));

        Assert.Equal(1, result.EmptyVectors);
    }

    [Fact]
    public void Options_BatchOfNothing_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new SpladeIndexerOptions { BatchSize = 0 });

    private SpladeIndexer Indexer(SpladeIndexerOptions options) => new(_writer, _encoder, "splade", options);

    private static IEnumerable<SpladeDocument> Documents(int count) =>
        Enumerable.Range(0, count).Select(number => MakeDocument(number, $"fox {number}"));

    private static SpladeDocument MakeDocument(int number, string text) =>
        new(TestIndex.Document(new StringField("id", $"id{number}", Field.Store.YES)), text);

    /// <summary>Answers any batch the same.</summary>
    private sealed class FaultyEncoder(Func<IReadOnlyList<SparseVector>> answer) : ISparseEncoder
    {
        public ModelFingerprint Fingerprint { get; } = new WordEncoder().Fingerprint;

        public Task<IReadOnlyList<SparseVector>> EncodeAsync(
            IReadOnlyList<string> texts, CancellationToken cancellationToken = default) => Task.Run(answer, cancellationToken);

        public SparseVector Encode(string text) => answer()[0];

        public void Dispose()
        {
        }
    }
}
