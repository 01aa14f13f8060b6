using Lucene.Net.Index;
using Lucene.Net.Util;

namespace SpladeLucene.Postings;

/// <summary>
/// One term's documents with their impacts, those that <see cref="PayloadPostings"/> and <see cref="FrequencyPostings"/> have, and,
/// where the field has offsets, the spans they came from.
/// </summary>
/// <param name="postings">Lucene's own.</param>
/// <param name="offsets">Whether there are offsets, and they are wanted.</param>
/// <param name="field">The field.</param>
/// <param name="live">The live documents; null for all.</param>
internal sealed class SpannedPostings(DocsEnum postings, bool offsets, string field, IBits? live)
{
    public int NextDoc() => postings.NextDoc();

    public int Advance(int target) => postings.Advance(target);

    /// <summary>The current document's impact and span; of several values, those of the largest. To be read once a document.</summary>
    /// <exception cref="ForeignPayloadException">A payload is no impact, of a document that is live.</exception>
    public (int Impact, SourceSpan Span) Read()
    {
        if (postings is not DocsAndPositionsEnum positions) return (FrequencyPostings.Clip(postings.Freq), default);
        int largest = -1, frequency = postings.Freq;
        SourceSpan winner = default;
        for (int left = frequency; left > 0; left--)
        {
            positions.NextPosition();
            BytesRef? payload = positions.GetPayload();
            if (payload is null) return (FrequencyPostings.Clip(frequency), SpanOf(positions));
            int impact = PayloadPostings.Decode(payload, positions.DocID, field, live);
            if (impact <= largest) continue;
            (largest, winner) = (impact, SpanOf(positions));
        }

        return (largest, winner);
    }

    private SourceSpan SpanOf(DocsAndPositionsEnum position) =>
        offsets ? new SourceSpan(position.StartOffset, position.EndOffset) : default;
}
