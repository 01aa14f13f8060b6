using Lucene.Net.Index;
using Lucene.Net.Util;
using SpladeLucene.Reindexing.Carrying;
using SpladeLucene.Reindexing.Source;
using SpladeLucene.Reindexing.Vectors;

namespace SpladeLucene.Reindexing.Running;

/// <summary>Reads the documents of segments in their order and cuts them into batches. Owned by one thread.</summary>
internal sealed class BatchReader(
    IReadOnlyList<SegmentReader> segments, IReadOnlyList<ReindexMapping> mappings, ReindexOptions options, VectorLog log,
    TokenEstimate estimate)
{
    // Of long texts the model sees the beginning; they still wait in memory as a whole.
    private const int CharactersPerToken = 16;

    private SourceTexts _texts = new(mappings, options.TextOf);
    private long[] _characters = [];
    private TextBatch _batch = new();

    /// <summary>The batches from a segment on.</summary>
    /// <exception cref="ReindexDocumentException">A document has no text, and that is refused.</exception>
    public IEnumerable<TextBatch> From(int first, CancellationToken cancellation)
    {
        for (int i = first; i < segments.Count; i++)
        {
            foreach (TextBatch full in OfSegment(i, cancellation)) yield return full;
        }

        if (_batch.Parts.Count > 0) yield return _batch;
    }

    private IEnumerable<TextBatch> OfSegment(int place, CancellationToken cancellation)
    {
        SegmentReader segment = segments[place];
        _texts = new SourceTexts(mappings, options.TextOf);
        _characters = new long[mappings.Count];
        using var order = new OrderHash();
        var part = new BatchPart(place);
        _batch.Parts.Add(part);
        IBits? live = segment.LiveDocs;
        // Of a segment without live documents nothing is merged, so nothing is written beside it.
        int documents = segment.NumDocs == 0 ? 0 : segment.MaxDoc;
        for (int document = 0; document < documents; document++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (live is null || live.Get(document)) AddLive(segment, document, part, order, cancellation);
            else AddDeleted(part, order);
            if (!IsFull) continue;
            yield return _batch;
            _batch = new TextBatch();
            _batch.Parts.Add(part = new BatchPart(place));
        }

        part.OrderHash = order.Finish();
        part.Texts = new SegmentTexts([.. _texts.Stored], [.. _texts.WithText], _characters);
    }

    // Two batches at a time are encoded and not in the log; together they are what the caller is ready to lose.
    private double MostTokens => options.BatchTokens / 2.0;

    private bool IsFull => _batch.Tokens >= MostTokens || _batch.HasManyEntries
        || _batch.Characters >= MostTokens * CharactersPerToken;

    private void AddLive(SegmentReader segment, int document, BatchPart part, OrderHash order, CancellationToken cancellation)
    {
        ReadOnlySpan<string?> texts = _texts.Read(segment, document, cancellation);
        _batch.Documents++;
        for (int i = 0; i < texts.Length; i++)
        {
            _characters[i] += texts[i]?.Length ?? 0;
            TextHash hash = texts[i] is { } text ? Take(text, part.Segment, document) : Missing(segment, document, mappings[i]);
            AddEntry(hash, part, order);
        }
    }

    private void AddDeleted(BatchPart part, OrderHash order)
    {
        for (int i = 0; i < mappings.Count; i++) AddEntry(default, part, order);
    }

    private void AddEntry(TextHash hash, BatchPart part, OrderHash order)
    {
        part.Hashes.Add(hash);
        order.Add(hash);
        _batch.Entries++;
    }

    private TextHash Take(string text, int place, int document)
    {
        TextHash hash = TextHash.Of(text);
        if (log.Claim(hash)) _batch.Add(text, hash, place, document, estimate.Of(text));
        else _batch.Reused++;
        return hash;
    }

    private TextHash Missing(SegmentReader segment, int document, ReindexMapping mapping)
    {
        if (!options.SkipMissingText)
        {
            throw new ReindexDocumentException(
                segment.SegmentName, document, $"has no stored text for '{mapping.TargetField}'.");
        }

        _batch.WithoutText++;
        return default;
    }
}
