namespace SpladeLucene;

/// <summary>How the scores of different rankings are made alike before they are added up.</summary>
public enum ScoreNormalization
{
    /// <summary>
    /// score / best score. For scores that are 0 where nothing matches, as those of BM25 and SPLADE are: it does not
    /// depend on how deep the ranking is. Scores must not be negative; if all are 0, all get 1.
    /// </summary>
    Max,

    /// <summary>
    /// (score − worst) / (best − worst), the worst being that of the last hit, which gets 0. For scores without a
    /// meaningful zero, such as those of a dense index. If all are equal, all get 1.
    /// </summary>
    MinMax,

    /// <summary>
    /// The score itself. How sure a ranking is of its best hit then counts, which the others level out; the weights
    /// must bring the scales together, and a BooleanQuery with boosts gives the same order in one search.
    /// </summary>
    None,
}
