using Lucene.Net.Index;
using SpladeLucene.Impacts;
using SpladeLucene.Postings;

namespace SpladeLucene.Search.TopK;

/// <summary>The second phase of a search for heavy terms: its hits get the scores of all terms.</summary>
internal static class Rescoring
{
    /// <summary>The same search for more hits. The floor and the ceiling are for full scores, so the first phase has none.
    /// </summary>
    public static SearchPlan FirstPhase(SearchPlan plan, int documents) => plan with
    {
        Wanted = Math.Min(Math.Max(plan.Wanted, plan.Rescored), documents),
        Ceiling = ulong.MaxValue,
        LeastHit = 1,
    };

    /// <summary>Scores <paramref name="hits"/> by all terms.</summary>
    /// <returns>The wanted ones of them, best first.</returns>
    public static ReadOnlySpan<ulong> Rescore(
        SearchPlan plan, IList<AtomicReaderContext> leaves, ReadOnlySpan<ulong> hits)
    {
        var docs = new int[hits.Length];
        for (int i = 0; i < docs.Length; i++) docs[i] = HitKey.Doc(hits[i]);
        Array.Sort(docs);

        var top = new TopHits();
        top.Start(plan, shared: null);
        Span<int> left = docs;
        foreach (AtomicReaderContext leaf in leaves)
        {
            int end = left.BinarySearch(leaf.DocBase + leaf.AtomicReader.MaxDoc);
            Span<int> here = left[..(end < 0 ? ~end : end)];
            if (here.IsEmpty) continue;
            int[] sums = Sum(plan, plan.AllTerms!, leaf, here);
            for (int i = 0; i < sums.Length; i++)
            {
                if (sums[i] >= plan.LeastHit) top.Add(sums[i], here[i]);
            }

            left = left[here.Length..];
        }

        return top.Finish();
    }

    private static int[] Sum(SearchPlan plan, QueryTerm[] terms, AtomicReaderContext leaf, ReadOnlySpan<int> docs)
    {
        var sums = new int[docs.Length];
        using ImpactLease lease = plan.Algorithm == SearchAlgorithm.Postings
            ? default
            : plan.Cache.Lease(leaf.AtomicReader, plan.Field, out _);
        if (lease.Impacts is { } impacts) AddImpacts(impacts, terms, leaf.DocBase, docs, sums);
        else AddPostings(plan, terms, leaf, docs, sums);
        return sums;
    }

    private static void AddImpacts(
        SegmentImpacts impacts, QueryTerm[] terms, int docBase, ReadOnlySpan<int> docs, int[] sums)
    {
        foreach (QueryTerm term in terms)
        {
            int found = impacts.Terms.Find(term.Utf8, term.Hash);
            if (found < 0) continue;
            var cursor = new ImpactCursor(impacts, found);
            for (int i = 0; i < sums.Length; i++)
                sums[i] += term.Term.Weight * cursor.ImpactOf(docs[i] - docBase);
        }
    }

    private static void AddPostings(
        SearchPlan plan, QueryTerm[] terms, AtomicReaderContext leaf, ReadOnlySpan<int> docs, int[] sums)
    {
        foreach (QueryPostings term in QueryPostings.Open(leaf.AtomicReader, plan.Field, terms, acceptDocs: null))
        {
            for (int i = 0; i < sums.Length; i++)
            {
                int doc = docs[i] - leaf.DocBase;
                if (term.Postings.Doc < doc) term.Postings.Advance(doc);
                if (term.Postings.Doc == doc) sums[i] += term.Term.Weight * term.Postings.ReadImpact();
            }
        }
    }
}
