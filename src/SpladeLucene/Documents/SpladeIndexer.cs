using System.Diagnostics;
using Lucene.Net.Documents;
using Lucene.Net.Index;

namespace SpladeLucene.Documents;

/// <summary>
/// Adds documents with a SPLADE field, encoding their texts in batches: several times faster than an analyzer, which
/// sees one text at a time. The writer and the encoder stay the caller's, and so does <c>Commit</c>.
/// </summary>
public sealed class SpladeIndexer
{
    private readonly IndexWriter _writer;
    private readonly ISparseEncoder _encoder;
    private readonly string _field;
    private readonly SpladeIndexerOptions _options;

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
    }

    /// <summary>Encodes and adds <paramref name="documents"/>, which are read as they are needed.</summary>
    /// <param name="documents">Each document with the text to encode for it.</param>
    /// <param name="progress">Told after each batch.</param>
    /// <param name="cancellationToken">Ends the work between two batches; what was added stays added.</param>
    /// <returns>How many documents were added.</returns>
    /// <exception cref="DocumentRejectedException">
    /// A text can't be encoded or its vector can't be indexed. Nothing of its batch was added.
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
        for (int i = 0; i < batch.Length; i++) batch[i].Document.Add(MakeField(vectors[i], before + i, batch[i]));
        foreach (TextDocument document in batch) _writer.AddDocument(document.Document);
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

    private SpladeField MakeField(SparseVector vector, long number, TextDocument document)
    {
        try
        {
            return new SpladeField(
                _field, vector, _encoder.Fingerprint, _options.Encoding, _options.Quantizer, _options.IndexOffsets);
        }
        catch (ArgumentException problem)
        {
            throw new DocumentRejectedException(number, NameOf(document), problem);
        }
    }

    private string? NameOf(TextDocument document) =>
        _options.IdField is { } id ? document.Document.Get(id) : null;
}
