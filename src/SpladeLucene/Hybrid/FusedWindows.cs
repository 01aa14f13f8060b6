using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lucene.Net.Index;
using Lucene.Net.Search;
using SpladeLucene.Impacts;
using SpladeLucene.Impacts.Caching;
using SpladeLucene.Postings;
using SpladeLucene.Search;
using SpladeLucene.Search.Gathering;
using SpladeLucene.Search.Simd;
using SpladeLucene.Search.TopK;
using SpladeLucene.Telemetry;

namespace SpladeLucene.Hybrid;

/// <summary>
/// Fuses the words' hits with those of a SPLADE query. Where the hits over its floor are known, both are walked side by side.
/// Otherwise they are scored over impacts in memory, a window of 65,536 documents at a time, and nothing is kept of those that the
/// meaning alone has, often nearly all documents: they are counted, and looked at one by one only where they may be among the
/// best.
/// </summary>
internal sealed class FusedWindows : IDisposable
{
    private readonly SpladeQuery _meaning;
    private readonly QueryTerm[] _terms;
    private readonly LeasedSegments _segments;
    private readonly FloorHits _floor;
    private readonly FusedOffers _offers;

    private FusedWindows(SpladeQuery meaning, LeasedSegments segments, FloorHits floor, FusedOffers offers)
    {
        (_meaning, _segments, _floor, _offers) = (meaning, segments, floor, offers);
        _terms = QueryTerm.Of(meaning.Quantized.Terms);
    }

    /// <param name="searcher">Whose impacts are looked for.</param>
    /// <param name="meaning">The query.</param>
    /// <param name="weight">What its scores count; they aren't normalized.</param>
    /// <param name="words">All hits of the words; none where there are no words.</param>
    /// <param name="best">Keeps the hits.</param>
    /// <returns>Null where a segment's impacts aren't in memory, or aren't to be used.</returns>
    public static FusedWindows? Over(
        SpladeSearcher searcher, SpladeQuery meaning, double weight, SideHits words, BestFused best)
    {
        float unit = meaning.Quantized.Unit * meaning.Boost;
        if (meaning.Quantized.Terms.Length == 0 || !ScoreScale.IsOrdered(unit)) return null;
        if (searcher.Impacts?.LeaseAll(searcher.IndexReader, meaning.Field) is not { } segments) return null;
        try
        {
            FloorHits floor = searcher.Over(meaning);
            return new FusedWindows(
                meaning, segments, floor, new FusedOffers(words, best, weight, unit, floor.LeastSum));
        }
        catch
        {
            segments.Dispose();
            throw;
        }
    }

    public void Dispose() => _segments.Dispose();

    /// <param name="filter">Which documents the meaning may find; the words' hits have passed it.</param>
    public void Find(Filter? filter)
    {
        using SearchScratch scratch = SearchScratch.Rent();
        int place = 0;
        foreach ((AtomicReaderContext leaf, SegmentImpacts? impacts) in _segments.All)
        {
            int end = leaf.DocBase + leaf.AtomicReader.MaxDoc;
            if (_floor.Hits is { } gathered)
            {
                SegmentReport before = _floor.Segments[leaf.Ord];
                SpladeTelemetry.Segment(_meaning.Field, leaf.DocBase, before.AlgorithmName, before.FallbackName);
                place = Walk(gathered, place, leaf, filter);
            }
            else
            {
                bool isSearched = impacts is not null && AcceptedDocs.Of(leaf, filter) is var accepted and not { Length: 0 }
                    && Find(leaf, impacts, accepted, scratch);
                SpladeTelemetry.Segment(_meaning.Field, leaf.DocBase, isSearched ? "windows" : "none", fallback: null);
            }

            while (_offers.NextWords < end) _offers.OfferWords(0);
        }
    }

    /// <summary>Walks a segment's known hits beside the words'.</summary>
    /// <returns>The place of the first hit in the segments behind.</returns>
    private int Walk(GatheredHits hits, int place, AtomicReaderContext leaf, Filter? filter)
    {
        int end = hits.Seek(place, leaf.DocBase + leaf.AtomicReader.MaxDoc), counted = 0;
        long[]? accepted = place < end ? AcceptedDocs.Of(leaf, filter) : null;
        for (; place < end; place++)
        {
            int doc = hits.Doc(place);
            if (!AcceptedDocs.Has(accepted, doc - leaf.DocBase)) continue;
            while (_offers.NextWords < doc) _offers.OfferWords(0);
            if (_offers.NextWords == doc)
            {
                _offers.OfferWords(hits.Sum(place));
                continue;
            }

            _offers.OfferMeaning(doc, hits.Sum(place));
            counted++;
        }

        _offers.Count(counted);
        return place;
    }

    /// <returns>Whether the segment has a term of the query.</returns>
    private bool Find(AtomicReaderContext leaf, SegmentImpacts impacts, long[]? accepted, SearchScratch scratch)
    {
        SegmentSearch.Resolve(_terms, impacts, scratch.Terms);
        if (scratch.Terms.Count == 0) return false;
        // Nothing is gathered, nor was it by whoever had the scratch before.
        scratch.Gatherer.Start(0);
        SegmentTask task = SegmentTask.CountingAll(scratch, impacts.Documents, accepted, leaf.DocBase, _offers.LeastSum);
        for (int window = 0; window < task.Windows; window++)
        {
            int length = task.Length(window), first = task.FirstDoc(window);
            if (task.IsClosed(window))
            {
                while (_offers.NextWords < first + length) _offers.OfferWords(0);
                continue;
            }

            Span<int> sums = task.NewSums(window);
            WindowedAccumulation.Fill(impacts, task.Terms, window, sums);
            // A document that the words found too is done with then, and no hit of the meaning alone.
            for (int doc = _offers.NextWords; doc < first + length; doc = _offers.NextWords)
            {
                _offers.OfferWords(sums[doc - first]);
                sums[doc - first] = 0;
            }

            ReadOnlySpan<long> open = task.AcceptedIn(window);
            switch (VectorWidths.Best)
            {
                case VectorWidth.Bits512: OfferMeaning<Simd512>(sums, length, first, open); break;
                case VectorWidth.Bits256: OfferMeaning<Simd256>(sums, length, first, open); break;
                case VectorWidth.Bits128: OfferMeaning<Simd128>(sums, length, first, open); break;
                default: OfferMeaning<Portable>(sums, length, first, open); break;
            }
        }

        return true;
    }

    /// <summary>Counts the hits of a window that are left and offers those that may be kept.</summary>
    private void OfferMeaning<TSimd>(Span<int> sums, int length, int first, ReadOnlySpan<long> accepted)
        where TSimd : struct, ISimd
    {
        int hits = 0, bar = _offers.Bar();
        for (int batch = 0; batch < length; batch += ISimd.Batch)
        {
            ref int sum = ref Unsafe.Add(ref MemoryMarshal.GetReference(sums), batch);
            ulong open = accepted.IsEmpty ? ulong.MaxValue : (ulong)accepted[batch / ISimd.Batch];
            hits += BitOperations.PopCount(TSimd.AtLeast(ref sum, _offers.LeastSum) & open);
            ulong good = TSimd.AtLeast(ref sum, bar) & open;
            if (good == 0) continue;
            for (; good != 0; good &= good - 1)
            {
                int i = BitOperations.TrailingZeroCount(good);
                _offers.OfferMeaning(first + batch + i, Unsafe.Add(ref sum, i));
            }

            bar = _offers.Bar();
        }

        _offers.Count(hits);
    }
}
