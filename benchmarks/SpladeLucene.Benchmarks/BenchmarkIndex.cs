using System.Diagnostics;
using Lucene.Net.Analysis.Core;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Store;
using Lucene.Net.Util;
using SpladeLucene.Documents;
using SpladeLucene.Search;

namespace SpladeLucene.Benchmarks;

/// <summary>A collection as a Lucene.NET index of one segment, made once and found again later.</summary>
internal static class BenchmarkIndex
{
    public const string Field = "splade";

    private static readonly ModelFingerprint Model =
        new("benchmark", "000000000000", "000000000000", "max-log1p-relu", 512, Pruning.None);

    public static DirectoryReader Open(string collection, string work, WeightEncoding encoding)
    {
        string path = Path.Combine(work, $"{Path.GetFileNameWithoutExtension(collection)}.{encoding}");
        Directory directory = FSDirectory.Open(path);
        if (!DirectoryReader.IndexExists(directory)) Build(collection, directory, encoding);
        return DirectoryReader.Open(directory);
    }

    /// <summary>A vector whose impacts, or integer query weights, are the given ones.</summary>
    public static SparseVector Vector(IEnumerable<string> terms, IEnumerable<int> weights, double scale) =>
        SparseVector.FromWeights(
            terms.Zip(weights, (term, weight) => KeyValuePair.Create(term, (float)(weight * scale))));

    private static void Build(string collection, Directory directory, WeightEncoding encoding)
    {
        var clock = Stopwatch.StartNew();
        var config = new IndexWriterConfig(LuceneVersion.LUCENE_48, new WhitespaceAnalyzer(LuceneVersion.LUCENE_48))
        {
            RAMBufferSizeMB = 1024,
            Similarity = new SpladeSimilarity(),
        };
        using var writer = new IndexWriter(directory, config);
        long documents = 0;
        double unit = ImpactQuantizer.DefaultRange / 256;
        foreach ((List<string> terms, List<byte> impacts) in SpvFile.Read(collection))
        {
            SparseVector vector = Vector(terms, impacts.Select(impact => (int)impact), unit);
            writer.AddDocument([new SpladeField(Field, vector, Model, encoding)]);
            if (++documents % 100_000 == 0) Console.Error.WriteLine($"{documents:N0} documents in {clock.Elapsed}");
        }

        writer.ForceMerge(1);
        writer.Commit();
        Console.Error.WriteLine($"{encoding}: indexed in {clock.Elapsed}");
    }
}
