using Lucene.Net.Index;
using Microsoft.Extensions.Logging;
using SpladeLucene.Hosting;

namespace SpladeLucene.Indexes;

/// <summary>Writes batches of documents; those that the encoder fails for without a vector, where the index is set so.</summary>
internal sealed class DocumentBatches(SpladeIndex index, ILogger logger)
{
    private readonly SpladeIndexer _indexer = index.Definition.CreateIndexer(
        index.Writer, new SpladeIndexerOptions { BatchSize = index.Options.BatchSize, IdField = index.KeyField });

    /// <returns>What was written before, and now.</returns>
    public async Task<SpladeWriteResult> WriteAsync(
        SpladeDocument[] batch, SpladeWriteResult before, CancellationToken cancellationToken)
    {
        var left = new List<SpladeDocument>(batch);
        long without = before.WithoutVector;
        while (true)
        {
            try
            {
                SpladeIndexerResult added = await _indexer.AddAsync(left, null, cancellationToken).ConfigureAwait(false);
                return new SpladeWriteResult(before.Documents + batch.Length, before.EmptyVectors + added.EmptyVectors,
                    before.ClippedWeights + added.ClippedWeights, without);
            }
            // Nothing of a batch is added where a text of it can't be encoded.
            catch (SpladeDocumentException problem) when (
                index.Options.WithoutVectorOnFailure && problem.InnerException is SparseEncodingException)
            {
                WriteWithout(left[(int)problem.Number]);
                left.RemoveAt((int)problem.Number);
                without++;
                Log.WrittenWithoutVector(logger, index.Name, problem.Id ?? "", problem.InnerException);
            }
        }
    }

    private void WriteWithout(SpladeDocument document)
    {
        if (document.Key is { } key) index.Writer.UpdateDocument(key, document.Document);
        else index.Writer.AddDocument(document.Document);
    }
}
