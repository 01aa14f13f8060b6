using System.Diagnostics;
using System.Globalization;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using SpladeLucene.Indexing;

namespace SpladeLucene;

/// <summary>
/// Adds or updates documents with a SPLADE field, encoding their texts in batches, where an analyzer sees one text at a
/// time; while a batch is added, the next is encoded. The writer and the encoder stay the caller's, and so does <c>Commit</c>.
/// </summary>
public sealed class SpladeIndexer
{
    private readonly IndexWriter _writer;
    private readonly ISparseEncoder _encoder;
    private readonly string _field;
    private readonly SpladeIndexerOptions _options;
    private readonly ImpactTokens _tokens;

    /// <summary>Makes an indexer.</summary>
    /// <param name="writer">Where the documents go.</param>
    /// <param name="encoder">Makes the vectors.</param>
    /// <param name="field">The name of the SPLADE field that is added to each document.</param>
    /// <param name="options">Default: payloads, no offsets, batches of 128.</param>
    public SpladeIndexer(IndexWriter writer, ISparseEncoder encoder, string field, SpladeIndexerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(field);
        _writer = writer;
        _encoder = encoder;
        _field = field;
        _options = options ?? new SpladeIndexerOptions();
        _tokens = new ImpactTokens(encoder.Fingerprint, _options.Format);
    }

    /// <summary>
    /// Encodes and adds <paramref name="documents"/>, which are read as they are needed: one batch ahead of the one that is
    /// added, and never while it is. A document must stay as it is until it has been added, so an iterator may not fill one
    /// instance again and again. Where reading fails, the batch before has been added.
    /// </summary>
    /// <param name="documents">Each document with the text to encode for it.</param>
    /// <param name="progress">Told after each batch.</param>
    /// <param name="cancellationToken">Ends the work, also while a batch is encoded; what was added stays added, in whole batches.</param>
    /// <returns>How many documents were added, and what of them will be found less than expected.</returns>
    /// <exception cref="SpladeDocumentException">
    /// A text can't be encoded or its vector can't be indexed: nothing of its batch was added. Or Lucene refuses the
    /// document: those before it were added.
    /// </exception>
    /// <exception cref="InvalidOperationException">The encoder returned more or fewer vectors than it was given texts.</exception>
    public async Task<SpladeIndexerResult> AddAsync(
        IEnumerable<SpladeDocument> documents,
        IProgress<SpladeProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(documents);
        var clock = Stopwatch.StartNew();
        var result = new SpladeIndexerResult(0, 0, 0);
        using IEnumerator<SpladeDocument[]> batches = documents.Chunk(_options.BatchSize).GetEnumerator();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        PendingBatch? next = Next(batches, 0, stop.Token);
        try
        {
            while (next is { } current)
            {
                IReadOnlyList<SparseVector> vectors = await current.Vectors.ConfigureAwait(false);
                cancellationToken.ThrowIfCancellationRequested();
                next = Next(batches, current.First + current.Documents.Length, stop.Token);
                result = Add(current, vectors, result);
                progress?.Report(new SpladeProgress(result.Documents, _options.Total, clock.Elapsed));
            }

            return result;
        }
        catch (OperationCanceledException)
        {
            // By the caller's own token, which theirs is linked to.
            cancellationToken.ThrowIfCancellationRequested();
            throw;
        }
        finally
        {
            // Nothing runs on behind the caller's back.
            if (next is not null) await EndAsync(next, stop).ConfigureAwait(false);
        }
    }

    private static async Task EndAsync(PendingBatch batch, CancellationTokenSource stop)
    {
        if (!batch.Vectors.IsCompleted) await stop.CancelAsync().ConfigureAwait(false);
        // Also where it has failed already: an exception that nobody looks at is told to the whole process.
        await ((Task)batch.Vectors).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    // The next batch is encoded while this one is added. What fails in reading or encoding it waits until then.
    private PendingBatch? Next(IEnumerator<SpladeDocument[]> batches, long first, CancellationToken cancellationToken)
    {
        try
        {
            if (!batches.MoveNext()) return null;
            cancellationToken.ThrowIfCancellationRequested();
            return new PendingBatch(first, batches.Current, EncodeAsync(batches.Current, first, cancellationToken));
        }
        catch (Exception problem)
        {
            return new PendingBatch(first, [], Task.FromException<IReadOnlyList<SparseVector>>(problem));
        }
    }

    private SpladeIndexerResult Add(PendingBatch batch, IReadOnlyList<SparseVector> vectors, SpladeIndexerResult so)
    {
        SpladeDocument[] documents = batch.Documents;
        // All fields are made before the first document is added, so that a bad vector leaves nothing of its batch behind.
        SpladeField[] fields = [.. documents.Select((document, i) =>
            Rejecting(batch.First + i, document, () => MakeField(vectors[i], document)))];
        for (int i = 0; i < documents.Length; i++)
            Rejecting(batch.First + i, documents[i], () => Add(documents[i], fields[i]));
        return new SpladeIndexerResult(batch.First + documents.Length,
            so.EmptyVectors + vectors.Count(vector => !vector.Any(HasImpact)),
            so.ClippedWeights + _options.Format.Quantizer.Measure(vectors).Clipped);
    }

    // As SpladeLucene.Extensions looks for it, to tell an encoder's failure from a disk's.
    private const string EncodingMark = "SpladeLucene.Encoding";

    private bool HasImpact(SparseTerm term) => _options.Format.Quantizer.Quantize(term) > 0;

    private async Task<IReadOnlyList<SparseVector>> EncodeAsync(
        SpladeDocument[] batch, long before, CancellationToken cancellationToken)
    {
        try
        {
            string[] texts = [.. batch.Select((document, i) => TextOf(document, before + i))];
            return await _encoder.EncodeEachAsync(texts, cancellationToken).ConfigureAwait(false);
        }
        catch (SparseEncodingException problem) when (problem.Index >= 0 && problem.Index < batch.Length)
        {
            throw new SpladeDocumentException(before + problem.Index, NameOf(batch[problem.Index]), problem);
        }
        catch (Exception problem) when (!problem.Data.IsReadOnly)
        {
            // Nothing of the batch has come to the writer, whatever this looks like.
            problem.Data[EncodingMark] = true;
            throw;
        }
    }

    private static string TextOf(SpladeDocument document, long number)
    {
        string? missing = document.Document is null ? nameof(document.Document)
            : document.Text is null ? nameof(document.Text) : null;
        return missing is null ? document.Text! : throw new SpladeDocumentException(
            number, null, new ArgumentException($"Its {missing} is null.", nameof(document)));
    }

    private SpladeField MakeField(SparseVector vector, SpladeDocument document)
    {
        if (_options.Format.Encoding == WeightEncoding.TermFrequency && document.Document.GetField(_field) is not null)
        {
            throw new ArgumentException($"It has a field '{_field}' already, and Lucene would add the frequencies of both up. "
                + $"Leave one out, or choose {nameof(WeightEncoding)}.{nameof(WeightEncoding.Payload)}.", nameof(document));
        }

        return new SpladeField(_field, vector, _tokens, _options.Format.Offsets ? document.Text.Length : null);
    }

    private SpladeField Add(SpladeDocument document, SpladeField field)
    {
        document.Document.Add(field);
        try
        {
            if (document.Key is null) _writer.AddDocument(document.Document);
            else _writer.UpdateDocument(document.Key, document.Document);
            return field;
        }
        finally
        {
            document.Document.Fields.Remove(field);
        }
    }

    private SpladeField Rejecting(long number, SpladeDocument document, Func<SpladeField> step)
    {
        try
        {
            return step();
        }
        catch (ArgumentException problem)
        {
            throw new SpladeDocumentException(number, NameOf(document), problem);
        }
    }

    private string? NameOf(SpladeDocument document) =>
        _options.IdField is { } id ? document.Document.Get(id, CultureInfo.InvariantCulture) : null;

    /// <summary>A batch that is being encoded.</summary>
    private sealed record PendingBatch(long First, SpladeDocument[] Documents, Task<IReadOnlyList<SparseVector>> Vectors);
}

/// <summary>What a <see cref="SpladeIndexer"/> added.</summary>
/// <param name="Documents">How many documents.</param>
/// <param name="EmptyVectors">How many of them no SPLADE query finds: the model has no term for their text, or none with an impact.</param>
/// <param name="ClippedWeights">How many weights were larger than an impact can say, and count as the largest.</param>
public sealed record SpladeIndexerResult(long Documents, long EmptyVectors, long ClippedWeights);
