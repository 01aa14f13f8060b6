using System.Diagnostics;
using System.Globalization;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using SpladeLucene.Analysis;

namespace SpladeLucene.Documents;

/// <summary>
/// Adds or updates documents with a SPLADE field, encoding their texts in batches, where an analyzer sees one text at a
/// time. The writer and the encoder stay the caller's, and so does <c>Commit</c>.
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
        _tokens = new ImpactTokens(encoder.Fingerprint, _options.Encoding, _options.Quantizer);
    }

    /// <summary>Encodes and adds <paramref name="documents"/>, which are read as they are needed.</summary>
    /// <param name="documents">Each document with the text to encode for it.</param>
    /// <param name="progress">Told after each batch.</param>
    /// <param name="cancellationToken">Ends the work between two batches; what was added stays added.</param>
    /// <returns>How many documents were added.</returns>
    /// <exception cref="DocumentRejectedException">
    /// A text can't be encoded or its vector can't be indexed: nothing of its batch was added. Or Lucene refuses the
    /// document: those before it were added.
    /// </exception>
    public async Task<long> AddAsync(
        IEnumerable<TextDocument> documents,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(documents);
        var clock = Stopwatch.StartNew();
        long added = 0;
        foreach (TextDocument[] batch in documents.Chunk(_options.BatchSize))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await AddBatchAsync(batch, added, cancellationToken).ConfigureAwait(false);
            added += batch.Length;
            progress?.Report(new WorkProgress(added, _options.Total, clock.Elapsed));
        }

        return added;
    }

    private async Task AddBatchAsync(TextDocument[] batch, long before, CancellationToken cancellationToken)
    {
        IReadOnlyList<SparseVector> vectors = await EncodeAsync(batch, before, cancellationToken).ConfigureAwait(false);
        // All fields are made before the first document is added, so that a bad vector leaves nothing of its batch behind.
        SpladeField[] fields = [.. batch.Select((document, i) =>
            Rejecting(before + i, document, () => MakeField(vectors[i], document)))];
        for (int i = 0; i < batch.Length; i++) Rejecting(before + i, batch[i], () => Add(batch[i], fields[i]));
    }

    private async Task<IReadOnlyList<SparseVector>> EncodeAsync(
        TextDocument[] batch, long before, CancellationToken cancellationToken)
    {
        try
        {
            string[] texts = [.. batch.Select(document => document.Text)];
            return await _encoder.EncodeAsync(texts, cancellationToken).ConfigureAwait(false);
        }
        catch (EncodingException problem)
        {
            throw new DocumentRejectedException(before + problem.Index, NameOf(batch[problem.Index]), problem);
        }
    }

    private SpladeField MakeField(SparseVector vector, TextDocument document) =>
        new(_field, vector, _tokens, _options.IndexOffsets ? document.Text.Length : null);

    private SpladeField Add(TextDocument document, SpladeField field)
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

    private SpladeField Rejecting(long number, TextDocument document, Func<SpladeField> step)
    {
        try
        {
            return step();
        }
        catch (ArgumentException problem)
        {
            throw new DocumentRejectedException(number, NameOf(document), problem);
        }
    }

    private string? NameOf(TextDocument document) =>
        _options.IdField is { } id ? document.Document.Get(id, CultureInfo.InvariantCulture) : null;
}
