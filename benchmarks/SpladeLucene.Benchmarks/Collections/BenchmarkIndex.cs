using Lucene.Net.Analysis.Core;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Store;
using Lucene.Net.Util;
using SpladeLucene.Benchmarks.Reporting;
using SpladeLucene.Tool.Progress;

namespace SpladeLucene.Benchmarks.Collections;

/// <summary>A collection as a Lucene.NET index of one segment, made once and found again later.</summary>
internal static class BenchmarkIndex
{
    public const string Field = "splade";

    private static readonly ModelFingerprint Model =
        new("benchmark", "000000000000", "000000000000", "max-log1p-relu", 512, Pruning.None);

    /// <exception cref="OperationCanceledException">Nothing is left of an index that was broken off.</exception>
    public static DirectoryReader Open(
        CollectionFile collection, string work, WeightEncoding encoding, CancellationToken cancellation)
    {
        Directory directory = FSDirectory.Open(Path.Combine(work, $"{collection.Name}.{encoding}"));
        (int documents, long postings) = SpvFile.SizeOf(collection.Path);
        if (DirectoryReader.IndexExists(directory))
        {
            DirectoryReader found = DirectoryReader.Open(directory);
            if (Holds(found, documents, postings)) return found;
            found.Dispose();
            Console.Error.WriteLine($"    {directory} holds another collection and is made anew");
        }

        Build(collection.Path, directory, encoding, ProgressLine.Of($"indexing {encoding}", documents), cancellation);
        return DirectoryReader.Open(directory);
    }

    /// <summary>A vector whose impacts, or integer query weights, are the given ones.</summary>
    public static SparseVector Vector(IEnumerable<string> terms, IEnumerable<int> weights, double scale) =>
        SparseVector.FromWeights(
            terms.Zip(weights, (term, weight) => KeyValuePair.Create(term, (float)(weight * scale))));

    // Every document has one more posting, that of its fingerprint.
    private static bool Holds(DirectoryReader reader, int documents, long postings) =>
        reader.NumDocs == documents && reader.GetSumDocFreq(Field) == postings + documents;

    private static void Build(
        string collection, Directory directory, WeightEncoding encoding, WorkProgress progress,
        CancellationToken cancellation)
    {
        var config = new IndexWriterConfig(LuceneVersion.LUCENE_48, new WhitespaceAnalyzer(LuceneVersion.LUCENE_48))
        {
            OpenMode = OpenMode.CREATE,
            RAMBufferSizeMB = 1024,
            Similarity = new SpladeSimilarity(),
        };
        using var writer = new IndexWriter(directory, config);
        try
        {
            Add(collection, writer, encoding, progress, cancellation);
        }
        catch (OperationCanceledException)
        {
            writer.Rollback();
            throw;
        }

        progress.Finish();
        writer.ForceMerge(1);
        writer.Commit();
    }

    private static void Add(
        string collection, IndexWriter writer, WeightEncoding encoding, WorkProgress progress,
        CancellationToken cancellation)
    {
        long documents = 0;
        var format = new ImpactFormat { Encoding = encoding };
        double unit = ImpactQuantizer.DefaultRange / 256;
        foreach ((List<string> terms, List<byte> impacts) in SpvFile.Read(collection))
        {
            cancellation.ThrowIfCancellationRequested();
            SparseVector vector = Vector(terms, impacts.Select(impact => (int)impact), unit);
            writer.AddDocument([new SpladeField(Field, vector, Model, format)]);
            progress.Report(++documents);
        }
    }
}
