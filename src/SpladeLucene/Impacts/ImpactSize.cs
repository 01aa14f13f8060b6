using Lucene.Net.Index;
using SpladeLucene.Postings;

namespace SpladeLucene.Impacts;

/// <summary>
/// What a segment's impacts will take up, known before they are read: from the terms and their document frequencies.
/// Exact for the windows, an upper bound for the blocks.
/// </summary>
/// <param name="Terms">Terms with a weight; a fingerprint is none.</param>
/// <param name="TextBytes">Their UTF-8 bytes.</param>
/// <param name="Postings">The sum of their document frequencies.</param>
/// <param name="Slices">Terms × windows.</param>
/// <param name="WindowBytes">What the windows alone take up.</param>
/// <param name="BlockBytes">The most that block maxima and skips add.</param>
internal readonly record struct ImpactSize(
    int Terms, long TextBytes, long Postings, long Slices, long WindowBytes, long BlockBytes)
{
    /// <summary>Whether the arrays can be as long as they would have to be.</summary>
    public bool FitsArrays => Postings <= SegmentImpacts.MaxPostings && Slices < Array.MaxLength && TextBytes <= Array.MaxLength;

    /// <summary>Costs one walk over the field's terms.</summary>
    public static ImpactSize Of(ImpactReader reader, int documents)
    {
        int terms = 0;
        long textBytes = 0, postings = 0, rowBytes = 0;
        int rowLength = BlockIndex.RowLength(Math.Min(documents, SegmentImpacts.WindowSize));
        TermsEnum all = reader.Terms();
        while (all.MoveNext())
        {
            if (SpladeFingerprint.IsReserved(all.Term)) continue;
            terms++;
            textBytes += all.Term.Length;
            postings += all.DocFreq;
            rowBytes += RowBytes(all.DocFreq, documents, rowLength);
        }

        long slices = (long)terms * SegmentImpacts.WindowsOf(documents);
        long windows = TermTable.BytesFor(terms, textBytes) + (sizeof(int) * (slices + 1))
            + ((sizeof(ushort) + 1) * (postings + SegmentImpacts.Padding));
        long blocks = (sizeof(int) * slices) + rowBytes + (sizeof(ushort) * ((postings >> 4) + 1));
        return new ImpactSize(terms, textBytes, postings, slices, windows, blocks);
    }

    // As many rows as the postings allow, and no more than there are windows.
    private static long RowBytes(int frequency, int documents, int rowLength) => Math.Min(
        (long)SegmentImpacts.WindowsOf(documents) * rowLength,
        (long)frequency * BlockIndex.MaxRowBytesPerPosting);
}
