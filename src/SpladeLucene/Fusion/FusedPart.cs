namespace SpladeLucene.Fusion;

/// <summary>What one ranking's scores add to a fused score.</summary>
/// <param name="Weight">How much the ranking counts.</param>
/// <param name="Zero">The score that adds nothing.</param>
/// <param name="Unit">The distance from there to the score that adds the whole weight; 0 where every score does.</param>
internal readonly record struct FusedPart(double Weight, double Zero, double Unit)
{
    /// <param name="weight">Finite and not negative.</param>
    /// <param name="normalization">How scores are made alike.</param>
    /// <param name="best">The ranking's best score; of no ranking, anything.</param>
    /// <param name="worst">The ranking's worst.</param>
    public static FusedPart Of(double weight, ScoreNormalization normalization, double best, double worst) =>
        normalization switch
        {
            ScoreNormalization.Max => new FusedPart(weight, 0, best),
            ScoreNormalization.MinMax => new FusedPart(weight, worst, best - worst),
            _ => new FusedPart(weight, 0, 1),
        };

    /// <summary>What a rank adds by reciprocal rank fusion, the first rank being 1.</summary>
    public static double OfRank(int rank, int constant) => 1.0 / ((double)constant + rank);

    public double Of(double score) => Weight * (Unit == 0 ? 1 : (score - Zero) / Unit);
}
