using System.Globalization;
using SpladeLucene.Search.TopK;

namespace SpladeLucene;

/// <summary>
/// What a document has to score to be a hit of a <see cref="SpladeQuery"/>. Expansions make nearly every document share
/// some term with a query; a floor leaves those that mean it, so that counts, sorts, facets and pages speak of them alone.
/// It is compared with the dot product before boosts, so that a boost changes no hit. A document has to reach
/// each of the properties that are set. Immutable and thread-safe.
/// </summary>
/// <example><code>var floor = new ScoreFloor { ShareOfBest = 0.3f };</code></example>
public sealed record ScoreFloor
{
    /// <summary>Every document that shares a term is a hit.</summary>
    public static ScoreFloor None { get; } = new();

    /// <summary>
    /// The least score, in the units of weights: finite, 0 or more. Default: 0, no floor. Scores of different queries don't
    /// compare, so this suits a query whose scores are known.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The score is negative, infinite or no number.</exception>
    public float Score
    {
        get;
        init => field = float.IsFinite(value) && value >= 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A least score is finite and not negative.");
    }

    /// <summary>
    /// The least share of the score that the best live document of the whole index has, 0 to 1. Default: 0, no floor.
    /// Filters and pages don't move it. The best documents and all that reach the floor are found together, once a query
    /// object and reader, for about what scoring all documents takes; whatever is asked of the same object then, with
    /// another filter, sort or collector, takes next to nothing. At most 1 MB of them is kept, until query or reader go;
    /// where more than 131,072 documents, or more than 4,096 and a quarter of the index, reach the floor, each search scores all documents again.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The share is under 0, over 1 or no number.</exception>
    public float ShareOfBest
    {
        get;
        init => field = value is >= 0 and <= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A share lies between 0 and 1.");
    }

    /// <summary>
    /// The least share of the score that the tenth-best live document of the whole index has, 0 to 1. Default: 0, no floor;
    /// nor is there one where fewer than ten documents share a term. The first page says better than its first hit, which
    /// may be the query's very words, how high scores are that mean it. Costs and stays as <see cref="ShareOfBest"/> does.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The share is under 0, over 1 or no number.</exception>
    public float ShareOfTenth
    {
        get;
        init => field = value is >= 0 and <= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A share lies between 0 and 1.");
    }

    /// <summary>Whether every document that shares a term is a hit.</summary>
    public bool IsNone => this == None;

    /// <summary>
    /// What a model's <see cref="ISparseEncoder.FloorShare"/> stands for: this share of the tenth-best score and half of it of
    /// the best. On SciFact, Cranfield and our collection it lets a third to a half as many documents pass as a share of the
    /// best score alone that costs as much recall.
    /// </summary>
    /// <param name="share">0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is under 0, over 1 or no number.</exception>
    public static ScoreFloor OfModel(float share) => new() { ShareOfTenth = share, ShareOfBest = share / 2 };

    /// <summary>Whether it hangs on what the best documents score.</summary>
    internal bool IsShare => ShareOfBest > 0 || ShareOfTenth > 0;

    /// <summary>Whether nothing but what the best documents score decides.</summary>
    internal bool IsShareAlone => IsShare && Score == 0;

    /// <summary>Such as <c>0.3 of the best score</c>.</summary>
    public override string ToString()
    {
        string[] parts = [.. new (float Number, string Of)[]
        {
            (Score, ""), (ShareOfBest, " of the best score"), (ShareOfTenth, " of the tenth-best score"),
        }.Where(part => part.Number > 0).Select(part => part.Number.ToString(CultureInfo.InvariantCulture) + part.Of)];
        return parts.Length == 0 ? "none" : string.Join(" and ", parts);
    }

    /// <summary>The least integer sum, at least 1, that a hit has.</summary>
    /// <param name="unit">What one unit of a sum is worth without boosts.</param>
    /// <param name="bestSum">The sum of the best document; 0 where there is none.</param>
    /// <param name="tenthSum">The sum of the tenth-best; 0 where there is none.</param>
    internal int LeastSum(float unit, int bestSum, int tenthSum)
    {
        int least = Score > 0 ? new ScoreScale(unit).LeastSum(Score) : 1;
        return Math.Max(least, Math.Max(Part(ShareOfBest, bestSum), Part(ShareOfTenth, tenthSum)));
    }

    // Decimal, as 0.3 is a little more than 0.3 in a float, and a document with just this share is a hit.
    private static int Part(float share, int sum) => (int)decimal.Ceiling((decimal)share * sum);
}
