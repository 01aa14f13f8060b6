using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lucene.Net.Index;
using Lucene.Net.Search;
using SpladeLucene.Impacts;
using SpladeLucene.Postings;
using SpladeLucene.Search.Simd;
using SpladeLucene.Search.TopK;
using SpladeLucene.Telemetry;

namespace SpladeLucene.Hybrid;

/// <summary>
/// Fuses the words' hits with those of a SPLADE query that is scored over impacts in memory, a window of 65,536 documents at
/// a time. Nothing is kept of the hits that the meaning alone has, often nearly all documents: they are counted, and looked
/// at one by one only where they may be among the best.
/// </summary>
internal sealed class FusedWindows
{
    private readonly SpladeQuery _meaning;
    private readonly QueryTerm[] _terms;
    private readonly (AtomicReaderContext Leaf, SegmentImpacts? Impacts)[] _segments;
    private readonly int _leastSum;
    private readonly float _unit;
    private readonly double _weight;
    private readonly SideHits _words;
    private readonly BestFused _best;

    // The first of the words' hits that wasn't offered yet.
    private int _place;

    private FusedWindows(SpladeQuery meaning, (AtomicReaderContext, SegmentImpacts?)[] segments, int leastSum, double weight,
        SideHits words, BestFused best)
    {
        (_meaning, _segments, _leastSum, _weight, _words, _best) = (meaning, segments, leastSum, weight, words, best);
        _terms = QueryTerm.Of(meaning.Quantized.Terms);
        _unit = meaning.Quantized.Unit * meaning.Boost;
    }

    /// <param name="searcher">Whose impacts are looked for.</param>
    /// <param name="meaning">The query.</param>
    /// <param name="weight">What its scores count; they aren't normalized.</param>
    /// <param name="words">All hits of the words; none where there are no words.</param>
    /// <param name="best">Keeps the hits.</param>
    /// <returns>Null where a segment's impacts aren't in memory.</returns>
    public static FusedWindows? Over(
        SpladeSearcher searcher, SpladeQuery meaning, double weight, SideHits words, BestFused best)
    {
        if (meaning.Quantized.Terms.Length == 0 || !ScoreScale.IsOrdered(meaning.Quantized.Unit * meaning.Boost)) return null;
        var segments = new List<(AtomicReaderContext, SegmentImpacts?)>();
        foreach (AtomicReaderContext leaf in searcher.IndexReader.Leaves)
        {
            SegmentImpacts? impacts =
                searcher.Options.Impacts.Find(leaf.AtomicReader, meaning.Field, out FallbackReason fallback);
            if (impacts is null && fallback != FallbackReason.None) return null;
            segments.Add((leaf, impacts));
        }

        return new FusedWindows(meaning, [.. segments], searcher.LeastSum(meaning), weight, words, best);
    }

    /// <param name="filter">Which documents the meaning may find; the words' hits have passed it.</param>
    public void Find(Filter? filter)
    {
        using SearchScratch scratch = SearchScratch.Rent();
        foreach ((AtomicReaderContext leaf, SegmentImpacts? impacts) in _segments)
        {
            if (impacts is not null && AcceptedDocs.Of(leaf, filter) is var accepted and not { Length: 0 })
                Find(leaf, impacts, accepted, scratch);
            while (_words.Doc(_place) < leaf.DocBase + leaf.AtomicReader.MaxDoc) OfferWords(0);
        }
    }

    private void Find(AtomicReaderContext leaf, SegmentImpacts impacts, long[]? accepted, SearchScratch scratch)
    {
        SegmentSearch.Resolve(_terms, impacts, scratch.Terms);
        if (scratch.Terms.Count == 0) return;
        var report = new SegmentReport(
            leaf.DocBase, leaf.AtomicReader.MaxDoc, SearchAlgorithm.Windows, FallbackReason.None, 0);
        SpladeTelemetry.Segment(_meaning.Field, leaf.DocBase, report.AlgorithmName, report.FallbackName);
        for (int start = 0; start < impacts.Documents; start += SegmentImpacts.WindowSize)
        {
            int length = Math.Min(SegmentImpacts.WindowSize, impacts.Documents - start), first = leaf.DocBase + start;
            Span<int> sums = scratch.Sums.AsSpan(0, length + ISimd.Batch);
            sums.Clear();
            WindowedAccumulation.Fill(
                impacts, CollectionsMarshal.AsSpan(scratch.Terms), start >> SegmentImpacts.WindowShift, sums);
            // A document that the words found too is done with then, and no hit of the meaning alone.
            for (int doc = _words.Doc(_place); doc < first + length; doc = _words.Doc(_place))
            {
                OfferWords(sums[doc - first]);
                sums[doc - first] = 0;
            }

            ReadOnlySpan<long> open = accepted is null ? [] : accepted.AsSpan(start / ISimd.Batch);
            switch (VectorWidths.Best)
            {
                case VectorWidth.Bits512: OfferMeaning<Simd512>(sums, length, first, open); break;
                case VectorWidth.Bits256: OfferMeaning<Simd256>(sums, length, first, open); break;
                case VectorWidth.Bits128: OfferMeaning<Simd128>(sums, length, first, open); break;
                default: OfferMeaning<Portable>(sums, length, first, open); break;
            }
        }
    }

    /// <summary>Offers the words' next hit, with what the meaning gives it.</summary>
    private void OfferWords(int sum)
    {
        int doc = _words.Doc(_place);
        double adds = _words.Adds(_place);
        if (sum >= _leastSum) adds += Adds(sum);
        float score = (float)adds;
        _best.Count(1);
        if (_best.Takes(doc, score))
        {
            HybridPart words = _words.Part(_place);
            _best.Keep(new HybridHit(doc, score, sum >= _leastSum ? [words, Part(sum)] : [words]));
        }

        _place++;
    }

    /// <summary>Counts the hits of a window that are left and offers those that may be kept.</summary>
    private void OfferMeaning<TSimd>(Span<int> sums, int length, int first, ReadOnlySpan<long> accepted)
        where TSimd : struct, ISimd
    {
        int hits = 0, bar = Bar();
        for (int batch = 0; batch < length; batch += ISimd.Batch)
        {
            ref int sum = ref Unsafe.Add(ref MemoryMarshal.GetReference(sums), batch);
            ulong open = accepted.IsEmpty ? ulong.MaxValue : (ulong)accepted[batch / ISimd.Batch];
            hits += BitOperations.PopCount(TSimd.AtLeast(ref sum, _leastSum) & open);
            ulong good = TSimd.AtLeast(ref sum, bar) & open;
            if (good == 0) continue;
            for (; good != 0; good &= good - 1)
            {
                int i = BitOperations.TrailingZeroCount(good);
                OfferMeaning(first + batch + i, Unsafe.Add(ref sum, i));
            }

            bar = Bar();
        }

        _best.Count(hits);
    }

    private void OfferMeaning(int doc, int sum)
    {
        float score = (float)Adds(sum);
        if (_best.Takes(doc, score)) _best.Keep(new HybridHit(doc, score, [Part(sum)]));
    }

    /// <summary>
    /// The least sum that may be kept, or a little less: fused scores are rounded, and where they are equal the document
    /// decides.
    /// </summary>
    private int Bar()
    {
        double least = _best.Least;
        if (double.IsNegativeInfinity(least)) return _leastSum;
        if (_weight == 0) return least > 0 ? int.MaxValue : _leastSum;
        double sum = (least / (_weight * _unit) * (1 - 1e-6)) - 1;
        return sum >= int.MaxValue ? int.MaxValue : Math.Max(_leastSum, (int)Math.Max(sum, 0));
    }

    private double Adds(int sum) => _weight * (sum * _unit);

    private HybridPart Part(int sum) => new(HybridPart.Meaning, sum * _unit, Adds(sum));
}
