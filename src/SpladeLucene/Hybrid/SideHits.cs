using Lucene.Net.Index;
using Lucene.Net.Search;
using SpladeLucene.Fusion;
using SpladeLucene.Search.Disjunction;

namespace SpladeLucene.Hybrid;

/// <summary>
/// All hits of one side by ascending document, and what each adds to a fused score. Many hits would be large arrays, which are
/// lent and given back.
/// </summary>
internal sealed class SideHits(string side) : ICollector, IDisposable
{
    private readonly HitList<double> _hits = new();
    private int[]? _ranks;

    // Where each hit stands in the list that it came in; null for what Lucene has collected.
    private int[]? _listed;
    private int _rankConstant;
    private FusedPart _part;
    private double? _bound;
    private Scorer? _scorer;
    private int _docBase;

    public string Side { get; } = side;

    public int Count => _hits.Count;

    /// <summary>Where hits are put that are collected a block at a time.</summary>
    public IBlockHits Blocks => _hits;

    public bool AcceptsDocsOutOfOrder => false;

    public static SideHits Of(HybridRanking ranking)
    {
        IReadOnlyList<RankedHit<int>> listed = ranking.Hits;
        var hits = new SideHits(ranking.Name)
        {
            _listed = [.. Enumerable.Range(0, listed.Count).OrderBy(place => listed[place].Document)],
        };
        foreach (int place in hits._listed) hits.Add(listed[place].Document, listed[place].Score);
        return hits;
    }

    public void SetScorer(Scorer scorer) => _scorer = scorer;

    public void SetNextReader(AtomicReaderContext context) => _docBase = context.DocBase;

    public void Collect(int doc) => Add(_docBase + doc, _scorer!.GetScore());

    public int Doc(int place) => _hits.Doc(place);

    /// <summary>What the hit at <paramref name="place"/> adds.</summary>
    public double Adds(int place) =>
        _ranks is null ? _part.Of(Counting(_hits.Score(place))) : FusedPart.OfRank(_ranks[place], _rankConstant);

    public HybridPart Part(int place)
    {
        double score = _hits.Score(place);
        var part = new HybridPart(Side, score, Adds(place));
        return _ranks is null
            ? part with { Weight = _part.Weight, Coverage = _bound is { } most ? Coverage(score, most) : null }
            : part with { Rank = _ranks[place] };
    }

    /// <summary>Lets each score count by the square of its share of <paramref name="most"/>; where that is null, of the best one.</summary>
    public void CountByShare(double? most)
    {
        _bound = most;
        if (_bound is not null) return;
        double best = 0;
        foreach (double score in _hits.Scores) best = Math.Max(best, score);
        if (best > 0) _bound = best;
    }

    /// <summary>Lets scores count.</summary>
    public void Weigh(double weight, ScoreNormalization normalization)
    {
        var range = new ScoreRange(normalization);
        for (int i = 0; i < Count; i++)
        {
            double score = _hits.Score(i);
            if (!range.Takes(score)) throw new InvalidOperationException(ScoreRange.Refusal($"The {Side} give document {Doc(i)}", score, normalization));
            if (normalization != ScoreNormalization.None) range.Add(Counting(score));
        }

        _part = range.Part(weight);
    }

    /// <summary>Lets ranks count: those of the list that the hits came in, else by descending score and ascending document.</summary>
    public void Rank(int constant) =>
        (_ranks, _rankConstant) = (_listed is null ? ByScore() : Array.ConvertAll(_listed, place => place + 1), constant);

    private int[] ByScore()
    {
        int[] places = new int[Count];
        for (int i = 0; i < Count; i++) places[i] = i;
        Array.Sort(places, (one, other) =>
        {
            int byScore = _hits.Score(other).CompareTo(_hits.Score(one));
            return byScore != 0 ? byScore : one.CompareTo(other);
        });
        int[] ranks = new int[Count];
        for (int i = 0; i < Count; i++) ranks[places[i]] = i + 1;
        return ranks;
    }

    private double Counting(double score)
    {
        if (_bound is not { } most) return score;
        double coverage = Coverage(score, most);
        return score * (coverage * coverage);
    }

    // A clause of negative boost may take more than the others give, and covers nothing.
    private static double Coverage(double score, double most) => Math.Clamp(score / most, 0, 1);

    /// <summary>Takes a hit of the whole index.</summary>
    public void Add(int doc, double score) => _hits.Add(doc, score);

    /// <summary>Gives the arrays back; the hits are gone then.</summary>
    public void Dispose() => _hits.Dispose();
}
