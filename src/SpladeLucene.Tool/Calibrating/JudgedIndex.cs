using Lucene.Net.Analysis.Standard;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Store;
using Lucene.Net.Util;
using SpladeLucene.Evaluation;
using SpladeLucene.Tool.Searching;
using Directory = System.IO.Directory;

namespace SpladeLucene.Tool.Calibrating;

/// <summary>A collection in a temporary index with a SPLADE field, to try floors and weights on.</summary>
internal sealed class JudgedIndex : IDisposable
{
    private const string Id = "id", Splade = "splade", Words = "words";

    // The depths of R@100, R@20 and nDCG@10.
    private const int Depth = 100, Page = 20, Top = 10;

    private static readonly HashSet<string> IdOnly = [Id];

    private readonly string _folder;
    private readonly FSDirectory _directory;
    private readonly DirectoryReader _reader;
    private readonly SpladeSearcher _searcher;

    private JudgedIndex(string folder, ImpactCache impacts)
    {
        _folder = folder;
        _directory = FSDirectory.Open(folder);
        _reader = DirectoryReader.Open(_directory);
        _searcher = new SpladeSearcher(_reader, new SpladeSearcherOptions { Impacts = impacts });
    }

    public int Documents => _reader.NumDocs;

    public static async Task<JudgedIndex> BuildAsync(
        TestCollection collection, ISparseEncoder encoder, ImpactCache impacts, CancellationToken cancellation)
    {
        string folder = Directory.CreateTempSubdirectory("splade-calibrate-").FullName;
        try
        {
            using (FSDirectory directory = FSDirectory.Open(folder))
            using (var analyzer = new StandardAnalyzer(LuceneVersion.LUCENE_48))
            using (var writer = new IndexWriter(directory, new IndexWriterConfig(LuceneVersion.LUCENE_48, analyzer)))
            {
                var indexer = new SpladeIndexer(writer, encoder, Splade, new SpladeIndexerOptions { IdField = Id });
                await indexer.AddAsync(collection.ReadDocuments().Select(Fields), null, cancellation).ConfigureAwait(false);
            }

            return new JudgedIndex(folder, impacts);
        }
        catch
        {
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    /// <summary>What each floor does to the queries of <paramref name="slice"/>.</summary>
    /// <param name="slice">The queries with their judgements.</param>
    /// <param name="encoder">The model that the index was made with.</param>
    /// <param name="shares">The floors, as a model's folder names them.</param>
    /// <param name="cancellation">Ends the work between two queries.</param>
    public IReadOnlyList<FloorCost> CostsOf(
        Slice slice, ISparseEncoder encoder, IReadOnlyList<float> shares, CancellationToken cancellation)
    {
        var sums = new FloorCost[shares.Count];
        foreach (CollectionQuery query in slice.Queries)
        {
            cancellation.ThrowIfCancellationRequested();
            SpladeQuery splade = SpladeQuery.Create(_reader, Splade, query.Text, encoder);
            for (int i = 0; i < sums.Length; i++)
            {
                SpladeTopDocs found = _searcher.SearchTop(
                    splade.WithFloor(ScoreFloor.OfModel(shares[i])), Depth);
                string[] ids = [.. found.ScoreDocs.Select(hit => IdOf(hit.Doc))];
                Measures measures = Measures.Of(ids, slice.Qrels.Of(query.Id));
                double page = Measures.Of(ids[..Math.Min(Page, ids.Length)], slice.Qrels.Of(query.Id)).Recall;
                sums[i] = new FloorCost(shares[i], sums[i].Ndcg + measures.Ndcg, sums[i].Recall + measures.Recall,
                    sums[i].PageRecall + page, sums[i].Matching + ((double)found.TotalHits / Math.Max(1, Documents)));
            }
        }

        double count = slice.Queries.Count;
        return [.. sums.Select(sum => new FloorCost(
            sum.Share, sum.Ndcg / count, sum.Recall / count, sum.PageRecall / count, sum.Matching / count))];
    }

    /// <summary>The mean nDCG@10 of words and meaning together, by the meaning's weight, under one floor.</summary>
    /// <param name="slice">The queries with their judgements.</param>
    /// <param name="encoder">The model that the index was made with.</param>
    /// <param name="floor">The meaning's floor, as a model's folder names it.</param>
    /// <param name="weights">The meaning's weights, 0 to 1.</param>
    /// <param name="cancellation">Ends the work between two queries.</param>
    public IReadOnlyList<double> Fused(
        Slice slice, ISparseEncoder encoder, float floor, IReadOnlyList<double> weights, CancellationToken cancellation)
    {
        var searcher = new HybridSearcher(_searcher);
        var sums = new double[weights.Count];
        foreach (CollectionQuery query in slice.Queries)
        {
            cancellation.ThrowIfCancellationRequested();
            SpladeQuery meaning = SpladeQuery.Create(_reader, Splade, query.Text, encoder).WithFloor(ScoreFloor.OfModel(floor));
            var both = new HybridQuery(WordsQuery.Of([Words], query.Text), meaning);
            for (int i = 0; i < sums.Length; i++)
            {
                HybridTopDocs found = searcher.Search(both with { MeaningWeight = weights[i] }, Top);
                sums[i] += Measures.Of([.. found.Hits.Select(hit => IdOf(hit.Doc))], slice.Qrels.Of(query.Id)).Ndcg;
            }
        }

        return [.. sums.Select(sum => sum / slice.Queries.Count)];
    }

    public void Dispose()
    {
        _reader.Dispose();
        _directory.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private string IdOf(int doc) => _reader.Document(doc, IdOnly).Get(Id);

    private static SpladeDocument Fields(CollectionDocument source) =>
        new(new Document
        {
            new StringField(Id, source.Id, Field.Store.YES), new TextField(Words, source.Body, Field.Store.NO),
        }, source.Body);
}
