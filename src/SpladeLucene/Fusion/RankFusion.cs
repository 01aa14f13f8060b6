using System.Globalization;
using Lucene.Net.Search;
using SpladeLucene.Fusion;

namespace SpladeLucene;

/// <summary>
/// Makes one ranking of several: of BM25 and SPLADE, or of any lists of documents with scores. A document that a
/// ranking lacks gets nothing from it. Equal sums keep the order in which the documents stand in the rankings, the
/// first ranking first.
/// </summary>
public static class RankFusion
{
    /// <summary>The k of the paper that proposed reciprocal rank fusion.</summary>
    public const int DefaultRankConstant = 60;

    /// <summary>
    /// Σ weight × normalized score. Where scores are normalized they are at most 1, and a document's score at most the
    /// sum of the weights.
    /// </summary>
    /// <param name="rankings">Each with its weight, finite and not negative.</param>
    /// <param name="normalization">How scores are made alike.</param>
    /// <exception cref="ArgumentException">
    /// A weight or a score is not finite or, where that is not allowed, negative; or a ranking has a document twice.
    /// </exception>
    public static IReadOnlyList<RankedHit<T>> WeightedSum<T>(
        IReadOnlyList<(IReadOnlyList<RankedHit<T>> Ranking, double Weight)> rankings,
        ScoreNormalization normalization = ScoreNormalization.Max)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(rankings);
        var sums = new FusedScores<T>();
        foreach ((IReadOnlyList<RankedHit<T>> ranking, double weight) in rankings)
        {
            ArgumentNullException.ThrowIfNull(ranking, nameof(rankings));
            if (!double.IsFinite(weight) || weight < 0)
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                    $"A ranking's weight is {weight}, and a finite one of 0 or more is expected."), nameof(rankings));
            FusedPart part = Part(ranking, weight, normalization);
            sums.Add(ranking, (hit, _) => part.Of(hit.Score));
        }

        return sums.Ranking();
    }

    /// <summary>
    /// Σ 1 / (constant + rank), the first rank being 1: Cormack, Clarke and Büttcher, SIGIR 2009. Scores don't count,
    /// only their order does, which must be that of the lists.
    /// </summary>
    /// <param name="rankings">Each with the best first.</param>
    /// <param name="constant">1 or more; the larger, the less the first ranks stand out. Default 60.</param>
    /// <exception cref="ArgumentException">A ranking has a document twice.</exception>
    public static IReadOnlyList<RankedHit<T>> ReciprocalRank<T>(
        IReadOnlyList<IReadOnlyList<RankedHit<T>>> rankings, int constant = DefaultRankConstant)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(rankings);
        ArgumentOutOfRangeException.ThrowIfLessThan(constant, 1);
        var sums = new FusedScores<T>();
        foreach (IReadOnlyList<RankedHit<T>> ranking in rankings)
        {
            ArgumentNullException.ThrowIfNull(ranking, nameof(rankings));
            sums.Add(ranking, (_, rank) => FusedPart.OfRank(rank, constant));
        }

        return sums.Ranking();
    }

    /// <summary>What the scores of a whole ranking add.</summary>
    private static FusedPart Part<T>(IReadOnlyList<RankedHit<T>> ranking, double weight, ScoreNormalization normalization)
        where T : notnull
    {
        var range = new ScoreRange(normalization);
        foreach (RankedHit<T> hit in ranking)
        {
            if (!range.Takes(hit.Score))
                throw new ArgumentException(ScoreRange.Refusal($"A ranking gives '{hit.Document}'", hit.Score, normalization), nameof(ranking));
            range.Add(hit.Score);
        }

        return range.Part(weight);
    }
}

/// <summary>Hands what Lucene found to <see cref="RankFusion"/>.</summary>
public static class TopDocsExtensions
{
    /// <summary>The hits by Lucene's number of the document: fuse only what one reader has found.</summary>
    public static IReadOnlyList<RankedHit<int>> ToRanking(this TopDocs found)
    {
        ArgumentNullException.ThrowIfNull(found);
        return Array.ConvertAll(found.ScoreDocs, hit => new RankedHit<int>(hit.Doc, hit.Score));
    }
}
