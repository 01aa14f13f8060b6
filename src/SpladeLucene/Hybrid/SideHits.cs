using System.Buffers;
using Lucene.Net.Index;
using Lucene.Net.Search;
using SpladeLucene.Fusion;

namespace SpladeLucene.Hybrid;

/// <summary>
/// All hits of one side by ascending document, and what each adds to a fused score. Many hits would be large arrays, which are
/// lent and given back.
/// </summary>
internal sealed class SideHits(string side) : ICollector, IDisposable
{
    private const int FirstSize = 256;

    private int[] _docs = ArrayPool<int>.Shared.Rent(FirstSize);
    private double[] _scores = ArrayPool<double>.Shared.Rent(FirstSize);
    private int[]? _ranks;
    private int _rankConstant;
    private FusedPart _part;
    private double? _bound;
    private Scorer? _scorer;
    private int _docBase;
    private bool _isSorted = true;

    public string Side { get; } = side;

    public int Count { get; private set; }

    public bool AcceptsDocsOutOfOrder => false;

    public static SideHits Of(HybridRanking ranking)
    {
        var hits = new SideHits(ranking.Name);
        foreach (RankedHit<int> hit in ranking.Hits.OrderBy(hit => hit.Document)) hits.Add(hit.Document, hit.Score);
        return hits;
    }

    public void SetScorer(Scorer scorer) => _scorer = scorer;

    public void SetNextReader(AtomicReaderContext context) => _docBase = context.DocBase;

    public void Collect(int doc) => Add(_docBase + doc, _scorer!.GetScore());

    public int Doc(int place) => place < Count ? _docs[place] : int.MaxValue;

    /// <summary>What the hit at <paramref name="place"/> adds.</summary>
    public double Adds(int place) =>
        _ranks is null ? _part.Of(Counting(_scores[place])) : FusedPart.OfRank(_ranks[place], _rankConstant);

    public HybridPart Part(int place) => new(Side, _scores[place], Adds(place));

    /// <summary>Puts hits that came in another order into that of their documents.</summary>
    public void Sort()
    {
        if (!_isSorted) Array.Sort(_docs, _scores, 0, Count);
        _isSorted = true;
    }

    /// <summary>Lets each score count by the square of its share of <paramref name="most"/>; where that is null, of the best one.</summary>
    public void CountByShare(double? most)
    {
        double best = 0;
        foreach (double score in _scores.AsSpan(0, Count)) best = Math.Max(best, score);
        _bound = most ?? (best > 0 ? best : null);
    }

    /// <summary>Lets scores count.</summary>
    public void Weigh(double weight, ScoreNormalization normalization)
    {
        double best = double.NegativeInfinity, worst = double.PositiveInfinity;
        foreach (double score in _scores.AsSpan(0, Count))
        {
            if (!double.IsFinite(score) || (normalization == ScoreNormalization.Max && score < 0))
                throw new InvalidOperationException($"The score {score} of the {Side} cannot be normalized.");
            if (normalization == ScoreNormalization.None) continue;
            best = Math.Max(best, Counting(score));
            worst = Math.Min(worst, Counting(score));
        }

        _part = FusedPart.Of(weight, normalization, best, worst);
    }

    /// <summary>Lets ranks count, by descending score and ascending document.</summary>
    public void Rank(int constant)
    {
        int[] places = new int[Count];
        for (int i = 0; i < Count; i++) places[i] = i;
        Array.Sort(places, (one, other) =>
        {
            int byScore = _scores[other].CompareTo(_scores[one]);
            return byScore != 0 ? byScore : one.CompareTo(other);
        });
        (_ranks, _rankConstant) = (new int[Count], constant);
        for (int i = 0; i < Count; i++) _ranks[places[i]] = i + 1;
    }

    private double Counting(double score)
    {
        if (_bound is not { } most) return score;
        double coverage = Math.Min(1, score / most);
        return score * (coverage * coverage);
    }

    /// <summary>Takes a hit of the whole index.</summary>
    public void Add(int doc, double score)
    {
        if (Count > 0 && doc < _docs[Count - 1]) _isSorted = false;
        if (Count == Math.Min(_docs.Length, _scores.Length))
        {
            Grow(ref _docs);
            Grow(ref _scores);
        }

        (_docs[Count], _scores[Count]) = (doc, score);
        Count++;
    }

    /// <summary>Gives the arrays back; the hits are gone then.</summary>
    public void Dispose()
    {
        ArrayPool<int>.Shared.Return(_docs);
        ArrayPool<double>.Shared.Return(_scores);
        (_docs, _scores, Count) = ([], [], 0);
    }

    private void Grow<T>(ref T[] items)
    {
        T[] larger = ArrayPool<T>.Shared.Rent(2 * Count);
        items.AsSpan(0, Count).CopyTo(larger);
        ArrayPool<T>.Shared.Return(items);
        items = larger;
    }
}
