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
        // Those that the encoder failed for, the nearest on top; what stands before it is tried again, and may fail in its turn.
        var failures = new Stack<(int Place, SpladeDocumentException Problem)>();
        int first = 0;
        while (first < batch.Length)
        {
            int end = failures.TryPeek(out var nearest) ? nearest.Place : batch.Length;
            try
            {
                written = await AddAsync(batch[first..end], written, cancellationToken).ConfigureAwait(false);
                first = end;
                // In the order in which they were given: of two with one key the last one stays.
                if (failures.TryPop(out var failure)) written = WriteWithout(batch[first++], failure.Problem, written);
            }
            // Nothing of what was tried is added where a text of it can't be encoded.
            catch (SpladeDocumentException problem) when (
                index.Options.WithoutVectorOnFailure && problem.InnerException is SparseEncodingException)
            {
                failures.Push((first + (int)problem.Number, problem));
            }
            catch (SpladeDocumentException problem)
            {
                throw new SpladeDocumentException(written.Documents + problem.Number, problem.Id, problem.InnerException!);
            }
        }

        return written;
    }

    private async Task<SpladeWriteResult> AddAsync(
        SpladeDocument[] documents, SpladeWriteResult before, CancellationToken cancellationToken)
    {
        if (documents.Length == 0) return before;
        SpladeIndexerResult added = await index.Guard
            .WriteAsync(() => _indexer.AddAsync(documents, null, cancellationToken)).ConfigureAwait(false);
        return before with
        {
            Documents = before.Documents + documents.Length,
            EmptyVectors = before.EmptyVectors + added.EmptyVectors,
            ClippedWeights = before.ClippedWeights + added.ClippedWeights,
        };
    }

    private SpladeWriteResult WriteWithout(SpladeDocument document, SpladeDocumentException failure, SpladeWriteResult before)
    {
        try
        {
            index.Guard.Write(() =>
            {
                if (document.Key is { } key) index.Writer.UpdateDocument(key, document.Document);
                else index.Writer.AddDocument(document.Document);
            });
        }
        catch (ArgumentException problem)
        {
            throw new SpladeDocumentException(0, failure.Id, problem);
        }

        Log.WrittenWithoutVector(logger, index.Name, failure.Id ?? "", failure.InnerException!);
        return before with { Documents = before.Documents + 1, WithoutVector = before.WithoutVector + 1 };
    }
}
