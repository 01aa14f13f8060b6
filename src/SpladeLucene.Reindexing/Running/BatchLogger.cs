using SpladeLucene.Indexing;
using SpladeLucene.Reindexing.Source;
using SpladeLucene.Reindexing.Vectors;

namespace SpladeLucene.Reindexing.Running;

/// <summary>Writes the vectors of batches to the log and says where those of each document stand.</summary>
internal sealed class BatchLogger(VectorLog log, ImpactTokens tokens, SourceIndex source, bool offsets)
{
    /// <exception cref="ReindexDocumentException">A vector can't be indexed.</exception>
    public SegmentPart[] Log(TextBatch batch)
    {
        for (int i = 0; i < batch.Texts.Count; i++) log.Add(batch.Hashes[i], Quantize(batch, i));
        log.Append();
        return [.. batch.Parts.Select(part => new SegmentPart(
            part.Segment, [.. part.Hashes.Select(hash => hash == default ? 0 : log.PlaceOf(hash))], part.OrderHash))];
    }

    private TermImpact[] Quantize(TextBatch batch, int i)
    {
        int length = batch.Texts[i].Length;
        if (offsets && batch.Vectors[i].Any(term => term.Span?.End > length))
            throw Refused(batch, i, $"A span ends past the {length} units of its text.", null);
        try
        {
            return tokens.Quantize(batch.Vectors[i]);
        }
        catch (ArgumentException e)
        {
            throw Refused(batch, i, e.Message, e);
        }
    }

    private ReindexDocumentException Refused(TextBatch batch, int i, string reason, Exception? inner)
    {
        (int segment, int document) = batch.Origins[i];
        return new ReindexDocumentException(
            source.Segments[segment].SegmentName, document, $"has a vector that can't be indexed: {reason}", inner);
    }
}
