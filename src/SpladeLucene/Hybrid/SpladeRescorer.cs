using System.Globalization;
using Lucene.Net.Index;
using Lucene.Net.Search;

namespace SpladeLucene;

/// <summary>
/// Ranks the hits of a first search anew by <c>(1 − w) × their score + w × the SPLADE score</c>, for two-stage search. The
/// first search decides what is found; the floor of a <see cref="SpladeQuery"/> doesn't count here, as no hit is to be left
/// out. As Lucene's own, it writes the new scores into the hits of the first search. Thread-safe.
/// </summary>
public sealed class SpladeRescorer : QueryRescorer
{
    private readonly double _weight;
    private readonly SpladeQuery _query;

    /// <summary>Makes a rescorer.</summary>
    /// <param name="query">What scores anew, in the searcher that <c>Rescore</c> is given: a
    /// <see cref="SpladeSearcher"/> looks its scores up in memory.</param>
    /// <param name="meaningWeight">w, 0 to 1. Default: the encoder's <see cref="ISparseEncoder.FusionWeight"/> where the query
    /// knows it, else 0.5.</param>
    /// <exception cref="ArgumentOutOfRangeException">The weight is under 0, over 1 or no number.</exception>
    public SpladeRescorer(SpladeQuery query, double? meaningWeight = null)
        : this((query ?? throw new ArgumentNullException(nameof(query))).WithFloor(ScoreFloor.None), query, meaningWeight)
    {
    }

    private SpladeRescorer(SpladeQuery floorless, SpladeQuery query, double? meaningWeight)
        : base(floorless)
    {
        _query = floorless;
        _weight = meaningWeight ?? query.FusionWeight ?? 0.5;
        if (_weight is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(meaningWeight), meaningWeight, "The weight lies between 0 and 1.");
    }

    /// <summary>Ranks hits anew.</summary>
    /// <param name="searcher">A searcher of the index that they were found in.</param>
    /// <param name="firstPassTopDocs">The hits of the first search; none are none again.</param>
    /// <param name="topN">How many are wanted.</param>
    /// <exception cref="ArgumentException">A hit has no score, and the weight is under 1; or it is no document of the searcher's index.
    /// </exception>
    /// <remarks>Lucene's own ends in an exception where a segment has none of the query's terms, and where there are no hits.</remarks>
    public override TopDocs Rescore(IndexSearcher searcher, TopDocs firstPassTopDocs, int topN)
    {
        ArgumentNullException.ThrowIfNull(searcher);
        ArgumentNullException.ThrowIfNull(firstPassTopDocs);
        ScoreDoc[] hits = [.. firstPassTopDocs.ScoreDocs.OrderBy(hit => hit.Doc)];
        if (hits.Length == 0) return firstPassTopDocs;
        if (_weight < 1 && hits.Any(hit => float.IsNaN(hit.Score)))
            throw new ArgumentException("The first search left scores out, as one that sorts does: ask it for them (doDocScores), or give the meaning a weight of 1.",
                nameof(firstPassTopDocs));
        if (Array.Find(hits, hit => hit.Doc < 0 || hit.Doc >= searcher.IndexReader.MaxDoc) is { } stranger)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"The first search found document {stranger.Doc}, and the searcher's index has {searcher.IndexReader.MaxDoc}: rescore with a searcher of the index that was searched."),
                nameof(firstPassTopDocs));
        Weight weight = searcher.CreateNormalizedWeight(_query);
        int next = 0;
        foreach (AtomicReaderContext leaf in searcher.TopReaderContext.Leaves)
        {
            int end = leaf.DocBase + leaf.Reader.MaxDoc;
            Scorer? scorer = next < hits.Length && hits[next].Doc < end ? weight.GetScorer(leaf, null) : null;
            for (; next < hits.Length && hits[next].Doc < end; next++) Rescore(hits[next], leaf, scorer);
        }

        ScoreDoc[] best = [.. hits.OrderByDescending(hit => hit.Score).ThenBy(hit => hit.Doc).Take(topN)];
        return new TopDocs(firstPassTopDocs.TotalHits, best, best.Length == 0 ? float.NaN : best[0].Score);
    }

    // A segment without the query's terms has no scorer.
    private void Rescore(ScoreDoc hit, AtomicReaderContext leaf, Scorer? scorer)
    {
        int doc = hit.Doc - leaf.DocBase;
        if (scorer is not null && scorer.DocID < doc) scorer.Advance(doc);
        bool matches = scorer is not null && scorer.DocID == doc;
        hit.Score = Combine(hit.Score, matches, matches ? scorer!.GetScore() : 0);
    }

    /// <inheritdoc/>
    protected override float Combine(float firstPassScore, bool secondPassMatches, float secondPassScore) =>
        (float)((_weight < 1 ? (1 - _weight) * firstPassScore : 0) + (secondPassMatches ? _weight * secondPassScore : 0));
}
