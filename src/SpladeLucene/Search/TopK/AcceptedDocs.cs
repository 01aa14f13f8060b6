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

    // What a CachingWrapperFilter keeps never changes either, and is slow to read: all of it, and those that are live in a reader.
    private static readonly ConditionalWeakTable<WAH8DocIdSet, long[]> Cached = [];
    private static readonly ConditionalWeakTable<IBits, ConditionalWeakTable<WAH8DocIdSet, long[]>> CachedAndLive = [];

    /// <summary>The bits, a document each; null for all documents, empty for none.</summary>
    public static long[]? Of(AtomicReaderContext leaf, Filter? filter)
    {
        IBits? live = leaf.AtomicReader.LiveDocs;
        int documents = leaf.AtomicReader.MaxDoc;
        if (filter is null) return live is null ? null : LiveOf(live, documents);
        return live is not null && filter.GetType() == typeof(CachingWrapperFilter)
            ? Of(filter.GetDocIdSet(leaf, acceptDocs: null), live, documents)
            : Of(filter.GetDocIdSet(leaf, live), documents);
    }

    /// <summary>Makes the bits of live documents, so that no search has to.</summary>
    public static void Warm(IndexReader reader)
    {
        foreach (AtomicReaderContext leaf in reader.Leaves) Of(leaf, filter: null);
    }

    /// <summary>The documents that a filter may let pass, as a set of its own.</summary>
    /// <param name="leaf">The segment.</param>
    /// <param name="accepted">What the filter was given; null for all.</param>
    public static FixedBitSet AsSet(AtomicReaderContext leaf, IBits? accepted)
    {
        int documents = leaf.AtomicReader.MaxDoc;
        if (accepted is not null)
            return new FixedBitSet(accepted == leaf.AtomicReader.LiveDocs ? [.. LiveOf(accepted, documents)] : Copy(accepted), documents);
        var all = new FixedBitSet(documents);
        all.Set(0, documents);
        return all;
    }

    /// <summary>Whether a document of the segment is among these.</summary>
    public static bool Has(long[]? accepted, int doc) =>
        accepted is null || (accepted.Length > 0 && (accepted[doc >> 6] & (1L << doc)) != 0);

    private static long[] LiveOf(IBits live, int documents) =>
        live is FixedBitSet bits && Covers(bits.GetBits(), documents) ? bits.GetBits() : Live.GetValue(live, Copy);

    // What this filter keeps hangs on no reader's deletions, and would be handed out in a wrapper that is read document by document.
    private static long[] Of(DocIdSet? set, IBits live, int documents) => set is WAH8DocIdSet cached
        ? CachedAndLive.GetOrCreateValue(live).GetValue(cached, _ => Both(Read(cached, documents), LiveOf(live, documents)))
        : Both(Of(set, documents), LiveOf(live, documents));

    private static long[] Both(long[] some, long[] others)
    {
        if (some.Length == 0) return some;
        var both = new long[Math.Min(some.Length, others.Length)];
        for (int word = 0; word < both.Length; word++) both[word] = some[word] & others[word];
        return both.AsSpan().ContainsAnyExcept(0) ? both : [];
    }

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
