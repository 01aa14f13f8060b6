using Lucene.Net.Index;
using Lucene.Net.Util;

namespace SpladeLucene.Postings;

/// <summary>One term's documents with their impacts and, where the field has offsets, the spans they came from.</summary>
internal sealed class SpannedPostings(DocsEnum postings, bool offsets)
{
    public int NextDoc() => postings.NextDoc();

    public int Advance(int target) => postings.Advance(target);

    /// <summary>The current document's impact and span; of several values, those of the largest. To be read once a document.</summary>
    public (int Impact, SourceSpan Span) Read()
    {
        if (postings is not DocsAndPositionsEnum positions) return (FrequencyPostings.Clip(postings.Freq), default);
        int largest = -1, frequency = postings.Freq;
        SourceSpan winner = default;
        for (int left = frequency; left > 0; left--)
        {
            positions.NextPosition();
            BytesRef? payload = positions.GetPayload();
            int impact = payload is { Length: 1 } ? payload.Bytes[payload.Offset] : FrequencyPostings.Clip(frequency);
            if (impact <= largest) continue;
            largest = impact;
            if (offsets) winner = new SourceSpan(positions.StartOffset, positions.EndOffset);
        }

        return (largest, winner);
    }
}
