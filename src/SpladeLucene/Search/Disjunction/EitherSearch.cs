using Lucene.Net.Index;
using Lucene.Net.Search;
using SpladeLucene.Impacts;
using SpladeLucene.Search.Simd;
using SpladeLucene.Search.TopK;
using SpladeLucene.Telemetry;

namespace SpladeLucene.Search.Disjunction;

/// <summary>
/// Finds the best of the documents that another query or a SPLADE query finds, by the sum of both scores, rounded as Lucene
/// rounds it. The SPLADE query is scored a window of 65,536 documents at a time; what it alone finds, often nearly all documents,
/// is counted, and looked at one by one only where it may be among the best.
/// </summary>
/// <param name="plan">The SPLADE query, and which hits are wanted; all are counted.</param>
/// <param name="others">All hits of the other query.</param>
internal sealed class EitherSearch(SearchPlan plan, HitList<float> others)
{
    // The first of the others' hits that wasn't looked at yet.
    private int _place;
    private int _total;

    /// <param name="segments">Each with its impacts; null where no document of it has the field.</param>
    /// <param name="filter">Which documents the SPLADE query may find; null for all.</param>
    public (ScoreDoc[] Hits, int Total) Find(
        IEnumerable<(AtomicReaderContext Leaf, SegmentImpacts? Impacts)> segments, Filter? filter)
    {
        using SearchScratch scratch = SearchScratch.Rent();
        scratch.Start(plan, shared: null);
        foreach ((AtomicReaderContext leaf, SegmentImpacts? impacts) in segments)
        {
            bool isSearched = impacts is not null && AcceptedDocs.Of(leaf, filter) is var accepted and not { Length: 0 }
                && Find(leaf, impacts, accepted, scratch);
            SpladeTelemetry.Segment(plan.Field, leaf.DocBase, isSearched ? "windows" : "none", fallback: null);
            Take(leaf.DocBase, leaf.AtomicReader.MaxDoc, [], scratch.Top);
        }

        return (TopKSearch.HitsOf(scratch.Top.Finish()), _total);
    }

    /// <returns>Whether the segment has a term of the query.</returns>
    private bool Find(AtomicReaderContext leaf, SegmentImpacts impacts, long[]? accepted, SearchScratch scratch)
    {
        SegmentSearch.Resolve(plan.Terms, impacts, scratch.Terms);
        if (scratch.Terms.Count == 0) return false;
        SegmentTask task = SegmentTask.CountingAll(scratch, impacts.Documents, accepted, leaf.DocBase, plan.LeastHit);
        for (int window = 0; window < task.Windows; window++)
        {
            Span<int> sums = task.IsClosed(window) ? [] : task.NewSums(window);
            if (!sums.IsEmpty) WindowedAccumulation.Fill(impacts, task.Terms, window, sums);
            Take(task.FirstDoc(window), task.Length(window), sums, scratch.Top);
            if (sums.IsEmpty) continue;
            _total += plan.Vectors switch
            {
                VectorWidth.Bits512 => task.Collect<Simd512>(window, sums),
                VectorWidth.Bits256 => task.Collect<Simd256>(window, sums),
                VectorWidth.Bits128 => task.Collect<Simd128>(window, sums),
                _ => task.Collect<Portable>(window, sums),
            };
        }

        return true;
    }

    /// <summary>Takes the others' hits among the next documents, and what the sums give them out of these.</summary>
    private void Take(int firstDoc, int documents, Span<int> sums, TopHits top)
    {
        for (int doc = others.Doc(_place); doc < firstDoc + documents; doc = others.Doc(++_place))
        {
            double score = others.Score(_place);
            if (!sums.IsEmpty)
            {
                int sum = sums[doc - firstDoc];
                if (sum >= plan.LeastHit) score += plan.Scale.Score(sum);
                sums[doc - firstDoc] = 0;
            }

            top.Add((float)score, doc);
            _total++;
        }
    }
}
