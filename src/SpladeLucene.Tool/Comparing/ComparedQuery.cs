using SpladeLucene.Evaluation;

namespace SpladeLucene.Tool.Comparing;

/// <summary>The three rankings that are compared.</summary>
internal enum Side
{
    Words,
    Meaning,
    Fused,
}

/// <summary>A query with what each side found.</summary>
/// <param name="Query">The query.</param>
/// <param name="Grades">Its judgements; none where nobody judged it.</param>
internal sealed record ComparedQuery(CollectionQuery Query, IReadOnlyDictionary<string, int> Grades)
{
    /// <summary>The hits of each side, the best first.</summary>
    public required IReadOnlyDictionary<Side, IReadOnlyList<ComparedHit>> Hits { get; init; }

    /// <summary>Why meaning's best hit is found, the strongest reasons first.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];

    /// <summary>The documents that somebody judged to be relevant.</summary>
    public IEnumerable<string> Answers => Grades.Where(grade => grade.Value > 0).Select(grade => grade.Key);

    /// <summary>How good a side is, by nDCG@10.</summary>
    public double Worth(Side side) => RetrievalMetrics.Ndcg([.. Hits[side].Select(hit => hit.Id)], Grades, 10);

    /// <summary>A document's rank on a side, from 1; null where it isn't among the hits.</summary>
    public int? RankOf(string id, Side side)
    {
        IReadOnlyList<ComparedHit> hits = Hits[side];
        for (int i = 0; i < hits.Count; i++)
            if (hits[i].Id == id) return i + 1;
        return null;
    }

    /// <summary>How many of two sides' first ten are the same.</summary>
    public int InCommon(Side one, Side other) =>
        Hits[one].Take(10).Select(hit => hit.Id).Intersect(Hits[other].Take(10).Select(hit => hit.Id), StringComparer.Ordinal).Count();
}

/// <summary>A hit.</summary>
/// <param name="Id">The document's id.</param>
/// <param name="Title">What is shown of it.</param>
/// <param name="Score">Its score, alike only within its side.</param>
internal sealed record ComparedHit(string Id, string Title, float Score);
