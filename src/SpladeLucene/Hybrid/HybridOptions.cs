using Lucene.Net.Search.Similarities;

namespace SpladeLucene;

/// <summary>How a <see cref="HybridSearcher"/> makes one ranking of several.</summary>
public sealed record HybridOptions
{
    /// <summary>Scores the words, whatever the searcher's similarity is. Default: BM25 with Lucene's k1 of 1.2 and b of
    /// 0.75.</summary>
    public Similarity Words
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(value));
    } = new BM25Similarity();

    /// <summary>
    /// Whether a match in words counts by how much of the question it covers: its score × coverage², coverage being the
    /// score's share of the most that the words could, which BM25 gives to a document of every word, each endlessly
    /// often; 1 at most. A word that is asked for in several fields counts once in it, if their analyzers make the same term of it;
    /// of a <c>DisjunctionMaxQuery</c> the one counts that could score most, the others by its tie breaker, and of the variants of a
    /// fuzzy word the nearest. A question whose
    /// words hardly stand in the documents is then left to the meaning; one whose words all do, to the words. Where that bound can't be
    /// told (another similarity, a query that says no terms) the best score found takes its place. Default: yes, and the
    /// models' weights are calibrated for it.
    /// </summary>
    public bool WordsByCoverage { get; init; } = true;

    /// <summary>
    /// How the scores of words and meaning are made alike before they are weighed and added. Default:
    /// <see cref="ScoreNormalization.None"/>, which the models' weights are calibrated for.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such normalization.</exception>
    public ScoreNormalization Normalization
    {
        get;
        init => field = Enum.IsDefined(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "There is no such normalization.");
    } = ScoreNormalization.None;

    /// <summary>
    /// The constant, 1 or more, of <see cref="RankFusion.ReciprocalRank"/>, where ranks are to be fused and not scores; 60 is
    /// usual. Weights and normalizations don't count then. It sorts all hits of each side. Default: null, scores are fused.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive.</exception>
    public int? RankConstant
    {
        get;
        init => field = value is null or >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The constant of reciprocal ranks is 1 or more.");
    }

    /// <summary>
    /// Whether a search goes on with the words alone where the encoder fails with a <see cref="SparseEncodingException"/>;
    /// <see cref="HybridTopDocs.MeaningFailure"/> says so. Words alone score on another scale: where the encoder fails or recovers
    /// between two pages, begin again with the first. Default: no, the exception comes through.
    /// </summary>
    public bool WordsAloneOnFailure { get; init; }
}
