namespace SpladeLucene.Fusion;

/// <summary>Adds up what each ranking gives a document.</summary>
internal sealed class FusedScores<T>
    where T : notnull
{
    private readonly Dictionary<T, int> _places = [];
    private readonly List<(T Document, double Score)> _sums = [];

    /// <param name="ranking">The best first.</param>
    /// <param name="scoreOf">What a hit adds at its rank, the first rank being 1.</param>
    public void Add(IReadOnlyList<RankedHit<T>> ranking, Func<RankedHit<T>, int, double> scoreOf)
    {
        var seen = new HashSet<T>();
        for (int i = 0; i < ranking.Count; i++)
        {
            T document = ranking[i].Document;
            if (!seen.Add(document))
                throw new ArgumentException($"'{document}' stands twice in one ranking.", nameof(ranking));
            double score = scoreOf(ranking[i], i + 1);
            if (_places.TryGetValue(document, out int place))
            {
                _sums[place] = (document, _sums[place].Score + score);
                continue;
            }

            _places.Add(document, _sums.Count);
            _sums.Add((document, score));
        }
    }

    // OrderByDescending is stable: equal sums keep the order in which they came.
    public IReadOnlyList<RankedHit<T>> Ranking() =>
        [.. _sums.OrderByDescending(sum => sum.Score).Select(sum => new RankedHit<T>(sum.Document, sum.Score))];
}
