using System.Diagnostics;
using System.Globalization;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using SpladeLucene.Indexing;

namespace SpladeLucene;

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
        _tokens = new ImpactTokens(encoder.Fingerprint, _options.Format);
    }

    /// <summary>Encodes and adds <paramref name="documents"/>, which are read as they are needed.</summary>
    /// <param name="documents">Each document with the text to encode for it.</param>
    /// <param name="progress">Told after each batch.</param>
    /// <param name="cancellationToken">Ends the work between two batches; what was added stays added.</param>
    /// <returns>How many documents were added.</returns>
    /// <exception cref="SpladeDocumentException">
    /// A text can't be encoded or its vector can't be indexed: nothing of its batch was added. Or Lucene refuses the
    /// document: those before it were added.
    /// </exception>
    public async Task<long> AddAsync(
        IEnumerable<SpladeDocument> documents,
        IProgress<SpladeProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(documents);
        var clock = Stopwatch.StartNew();
        long added = 0;
        foreach (SpladeDocument[] batch in documents.Chunk(_options.BatchSize))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await AddBatchAsync(batch, added, cancellationToken).ConfigureAwait(false);
            added += batch.Length;
            progress?.Report(new SpladeProgress(added, _options.Total, clock.Elapsed));
        }

        return added;
    }

    private async Task AddBatchAsync(SpladeDocument[] batch, long before, CancellationToken cancellationToken)
    {
        IReadOnlyList<SparseVector> vectors = await EncodeAsync(batch, before, cancellationToken).ConfigureAwait(false);
        // All fields are made before the first document is added, so that a bad vector leaves nothing of its batch behind.
        SpladeField[] fields = [.. batch.Select((document, i) =>
            Rejecting(before + i, document, () => MakeField(vectors[i], document)))];
        for (int i = 0; i < batch.Length; i++) Rejecting(before + i, batch[i], () => Add(batch[i], fields[i]));
    }

    private async Task<IReadOnlyList<SparseVector>> EncodeAsync(
        SpladeDocument[] batch, long before, CancellationToken cancellationToken)
    {
        try
        {
            string[] texts = [.. batch.Select(document => document.Text)];
            return await _encoder.EncodeAsync(texts, cancellationToken).ConfigureAwait(false);
        }
        catch (SparseEncodingException problem)
        {
            throw new SpladeDocumentException(before + problem.Index, NameOf(batch[problem.Index]), problem);
        }
    }

    private SpladeField MakeField(SparseVector vector, SpladeDocument document) =>
        new(_field, vector, _tokens, _options.Format.Offsets ? document.Text.Length : null);

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
}
