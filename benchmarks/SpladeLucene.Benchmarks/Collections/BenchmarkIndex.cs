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
    public static DirectoryReader Payloads(CollectionFile collection, string work, CancellationToken cancellation) =>
        Open(collection, work, WeightEncoding.Payload, (writer, documents) =>
        {
            using WorkProgress progress = ProgressLine.Of("indexing payloads", documents);
            Add(collection.Path, writer, progress, cancellation);
            progress.Finish();
        });

    /// <param name="collection">What is searched.</param>
    /// <param name="work">Where indexes are made and found again.</param>
    /// <param name="payloads">The same collection, whose impacts are copied.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <inheritdoc cref="Payloads"/>
    public static DirectoryReader Frequencies(
        CollectionFile collection, string work, DirectoryReader payloads, CancellationToken cancellation) =>
        Open(collection, work, WeightEncoding.TermFrequency, (writer, _) =>
        {
            foreach (AtomicReaderContext leaf in payloads.Leaves)
            {
                long postings = leaf.AtomicReader.GetTerms(Field).SumDocFreq;
                using WorkProgress progress = ProgressLine.Of("copying impacts as frequencies, postings", postings);
                writer.AddIndexes(new FrequencyReader(leaf.AtomicReader, progress, cancellation));
                progress.Finish();
            }
        });

    /// <summary>A vector whose impacts, or integer query weights, are the given ones.</summary>
    public static SparseVector Vector(IEnumerable<string> terms, IEnumerable<int> weights, double scale) =>
        SparseVector.FromWeights(
            terms.Zip(weights, (term, weight) => KeyValuePair.Create(term, (float)(weight * scale))));

    // Every document has one more posting, that of its fingerprint.
    private static bool Holds(DirectoryReader reader, int documents, long postings) =>
        reader.NumDocs == documents && reader.GetSumDocFreq(Field) == postings + documents;

    private static DirectoryReader Open(
        CollectionFile collection, string work, WeightEncoding encoding, Action<IndexWriter, int> fill)
    {
        string folder = Path.Combine(work, $"{collection.Name}.{encoding}");
        Directory directory = FSDirectory.Open(folder);
        (int documents, long postings) = SpvFile.SizeOf(collection.Path);
        if (DirectoryReader.IndexExists(directory))
        {
            DirectoryReader found = DirectoryReader.Open(directory);
            if (SourceNote.Says(folder, collection.Source) && Holds(found, documents, postings)) return found;
            found.Dispose();
            Console.Error.WriteLine($"    {folder} holds another collection, or nothing says which, and is made anew");
        }

        SourceNote.Make(folder, collection.Source, () => Build(directory, writer => fill(writer, documents)));
        return DirectoryReader.Open(directory);
    }

    private static void Build(Directory directory, Action<IndexWriter> fill)
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
            fill(writer);
        }
        catch (OperationCanceledException)
        {
            writer.Rollback();
            throw;
        }

        writer.ForceMerge(1);
        writer.Commit();
    }

    private static void Add(
        string collection, IndexWriter writer, WorkProgress progress, CancellationToken cancellation)
    {
        long documents = 0;
        double unit = ImpactQuantizer.DefaultRange / 256;
        foreach ((List<string> terms, List<byte> impacts) in SpvFile.Read(collection))
        {
            cancellation.ThrowIfCancellationRequested();
            SparseVector vector = Vector(terms, impacts.Select(impact => (int)impact), unit);
            writer.AddDocument([new SpladeField(Field, vector, Model)]);
            progress.Report(++documents);
        }
    }
}
