using Lucene.Net.Search;

namespace SpladeLucene;

/// <summary>What a <see cref="HybridSearcher"/> looks for: words, meaning, and what others have found. Immutable.</summary>
/// <param name="Words">Any query over the documents' words, scored by BM25; null, such as a <c>QueryBuilder</c> makes of a
/// text without a word, leaves the meaning alone.</param>
/// <param name="Meaning">A <see cref="SpladeQuery"/>, a <see cref="SpladeTextQuery"/>, or any query around one.</param>
public sealed record HybridQuery(Query? Words, Query Meaning)
{
    /// <summary>
    /// The meaning's share of a fused score, 0 (words alone decide) to 1 (meaning alone does); the words have the rest.
    /// Default: the encoder's <see cref="ISparseEncoder.FusionWeight"/> where the query knows it, else 0.5.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The share is under 0, over 1 or no number.</exception>
    public double? MeaningWeight
    {
        get;
        init => field = value is null or (>= 0 and <= 1)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The meaning's share lies between 0 and 1.");
    }

    /// <summary>Further rankings of the same reader's documents that join in. Default: none.</summary>
    public IReadOnlyList<HybridRanking> Others
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(value));
    } = [];
}

/// <summary>A ranking from elsewhere, such as a dense index, that joins a hybrid search.</summary>
/// <param name="Name">What explanations call it.</param>
/// <param name="Hits">
/// Live documents that the search's filter lets pass, by Lucene's number in the reader that is searched, each once, the best
/// first. What it lacks gets nothing from it.
/// </param>
/// <param name="Weight">What its best hit adds where it is normalized; finite, 0 or more, beside the 1 that words and
/// meaning have together.</param>
public sealed record HybridRanking(string Name, IReadOnlyList<RankedHit<int>> Hits, double Weight)
{
    /// <summary>How its scores are made alike. Default: <see cref="ScoreNormalization.MinMax"/>, as dense scores have no
    /// zero that means something.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such normalization.</exception>
    public ScoreNormalization Normalization
    {
        get;
        init => field = Enum.IsDefined(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "There is no such normalization.");
    } = ScoreNormalization.MinMax;
}
