using Lucene.Net.Index;
using Lucene.Net.Util;

namespace SpladeLucene.Explaining;

/// <summary>Finds where in a document's text a term's weight came from.</summary>
internal static class TermOffsets
{
    /// <summary>The span of the posting with the largest impact; null where the field has no offsets.</summary>
    public static SourceSpan? Find(AtomicReader reader, int doc, string field, string term)
    {
        Terms? terms = reader.GetTerms(field);
        if (terms is null || !terms.HasOffsets) return null;
        TermsEnum found = terms.GetEnumerator();
        if (!found.SeekExact(new BytesRef(term))) return null;
        DocsAndPositionsEnum? positions = found.DocsAndPositions(liveDocs: null, reuse: null);
        return positions?.Advance(doc) == doc ? Heaviest(positions) : null;
    }

    private static SourceSpan? Heaviest(DocsAndPositionsEnum positions)
    {
        SourceSpan? winner = null;
        int largest = -1;
        for (int left = positions.Freq; left > 0; left--)
        {
            positions.NextPosition();
            BytesRef? payload = positions.GetPayload();
            int impact = payload is { Length: 1 } ? payload.Bytes[payload.Offset] : 0;
            if (impact <= largest) continue;
            largest = impact;
            winner = new SourceSpan(positions.StartOffset, positions.EndOffset);
        }

        return winner;
    }
}
