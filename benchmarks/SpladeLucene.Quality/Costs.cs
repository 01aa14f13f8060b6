using System.Diagnostics;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Store;
using Lucene.Net.Util;
using SpladeLucene.Evaluation;
using SpladeLucene.Onnx;

namespace SpladeLucene.Quality;

/// <summary>What a SPLADE field costs an index, on one thread.</summary>
/// <param name="Documents">How many documents were indexed.</param>
/// <param name="Before">Bytes of the index that BM25 needs, with the texts stored.</param>
/// <param name="After">Bytes of the same index with the SPLADE field.</param>
/// <param name="Indexing">Seconds from texts to the committed index with both.</param>
/// <param name="Query">Mean milliseconds to encode a query.</param>
internal sealed record Costs(int Documents, long Before, long After, double Indexing, double Query)
{
    private const string Body = "body";

    public static async Task<Costs> MeasureAsync(string model, TestCollection set, CancellationToken cancellation)
    {
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(model);
        SpladeDocument[] documents = [.. set.ReadDocuments().Select(each => new SpladeDocument(
            new Document { new TextField(Body, each.Body, Field.Store.YES) }, each.Body))];
        long before = await WriteAsync(writer =>
        {
            foreach (SpladeDocument document in documents) writer.AddDocument(document.Document);
            return Task.CompletedTask;
        });
        long start = Stopwatch.GetTimestamp();
        long after = await WriteAsync(writer => new SpladeIndexer(writer, encoder, CollectionIndex.Splade)
            .AddAsync(documents, null, cancellation));
        double indexing = Stopwatch.GetElapsedTime(start).TotalSeconds;
        start = Stopwatch.GetTimestamp();
        foreach (CollectionQuery query in set.Queries) encoder.EncodeQuery(query.Text);
        return new Costs(documents.Length, before, after, indexing,
            Stopwatch.GetElapsedTime(start).TotalMilliseconds / set.Queries.Count);
    }

    // Merged into one segment, so that two indexes of the same texts can be compared.
    private static async Task<long> WriteAsync(Func<IndexWriter, Task> fill)
    {
        using var directory = new RAMDirectory();
        using (var writer = new IndexWriter(directory, new IndexWriterConfig(LuceneVersion.LUCENE_48, CollectionIndex.Analyzer)))
        {
            await fill(writer);
            writer.ForceMerge(1);
        }

        return directory.ListAll().Sum(directory.FileLength);
    }
}
