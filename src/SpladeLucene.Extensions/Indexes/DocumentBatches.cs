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
        SpladeWriteResult written = before;
        ReadOnlyMemory<SpladeDocument> left = batch;
        while (true)
        {
            try
            {
                return await AddAsync(left, written, cancellationToken).ConfigureAwait(false);
            }
            // Nothing of a batch is added where a text of it can't be encoded.
            catch (SpladeDocumentException problem) when (
                index.Options.WithoutVectorOnFailure && problem.InnerException is SparseEncodingException)
            {
                // In the order in which they were given: of two with one key the last one stays.
                int failed = (int)problem.Number;
                written = await AddAsync(left[..failed], written, cancellationToken).ConfigureAwait(false);
                WriteWithout(left.Span[failed]);
                written = written with { Documents = written.Documents + 1, WithoutVector = written.WithoutVector + 1 };
                left = left[(failed + 1)..];
                Log.WrittenWithoutVector(logger, index.Name, problem.Id ?? "", problem.InnerException);
            }
            catch (SpladeDocumentException problem)
            {
                throw new SpladeDocumentException(written.Documents + problem.Number, problem.Id, problem.InnerException!);
            }
        }
    }

    private async Task<SpladeWriteResult> AddAsync(
        ReadOnlyMemory<SpladeDocument> documents, SpladeWriteResult before, CancellationToken cancellationToken)
    {
        if (documents.IsEmpty) return before;
        SpladeIndexerResult added = await _indexer.AddAsync(documents.ToArray(), null, cancellationToken).ConfigureAwait(false);
        return before with
        {
            Documents = before.Documents + documents.Length,
            EmptyVectors = before.EmptyVectors + added.EmptyVectors,
            ClippedWeights = before.ClippedWeights + added.ClippedWeights,
        };
    }

    private void WriteWithout(SpladeDocument document)
    {
        if (document.Key is { } key) index.Writer.UpdateDocument(key, document.Document);
        else index.Writer.AddDocument(document.Document);
    }
}
