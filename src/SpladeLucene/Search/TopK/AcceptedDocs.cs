using System.Runtime.CompilerServices;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;

namespace SpladeLucene.Search.TopK;

/// <summary>The documents of a segment that may be found, as bits: those that are live and pass the filter.</summary>
internal static class AcceptedDocs
{
    // A reader's live documents never change, so their bits are made once and go with them.
    private static readonly ConditionalWeakTable<IBits, long[]> Live = [];

    // What a CachingWrapperFilter keeps never changes either, and is slow to read.
    private static readonly ConditionalWeakTable<WAH8DocIdSet, long[]> Cached = [];

    /// <summary>The bits, a document each; null for all documents, empty for none.</summary>
    public static long[]? Of(AtomicReaderContext leaf, Filter? filter)
    {
        IBits? live = leaf.AtomicReader.LiveDocs;
        if (filter is not null) return Of(filter.GetDocIdSet(leaf, live), leaf.AtomicReader.MaxDoc);
        if (live is null) return null;
        return live is FixedBitSet bits && Covers(bits.GetBits(), leaf.AtomicReader.MaxDoc)
            ? bits.GetBits()
            : Live.GetValue(live, Copy);
    }

    /// <summary>Whether a document of the segment is among these.</summary>
    public static bool Has(long[]? accepted, int doc) =>
        accepted is null || (accepted.Length > 0 && (accepted[doc >> 6] & (1L << doc)) != 0);

    // A filter is told which documents are live and returns none that isn't.
    private static long[] Of(DocIdSet? set, int documents)
    {
        if (set is FixedBitSet bits && Covers(bits.GetBits(), documents)) return bits.GetBits();
        return set is WAH8DocIdSet cached ? Cached.GetValue(cached, _ => Read(cached, documents)) : Read(set, documents);
    }

    private static long[] Read(DocIdSet? set, int documents)
    {
        DocIdSetIterator? passing = set?.GetIterator();
        if (passing is null) return [];
        var words = new long[Words(documents)];
        bool any = false;
        for (int doc = passing.NextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = passing.NextDoc())
        {
            words[doc >> 6] |= 1L << doc;
            any = true;
        }

        return any ? words : [];
    }

    private static long[] Copy(IBits live)
    {
        var words = new long[Words(live.Length)];
        for (int doc = 0; doc < live.Length; doc++)
            if (live.Get(doc)) words[doc >> 6] |= 1L << doc;
        return words;
    }

    private static bool Covers(long[] words, int documents) => words.Length >= Words(documents) && documents > 0;

    private static int Words(int documents) => (int)(((long)documents + 63) >> 6);
}
