namespace SpladeLucene.Routing;

/// <summary>Applies a floor to the hits of all shards as one index does: a share is of what the best and the tenth-best score.</summary>
internal static class FloorCut
{
    private const int Tenth = 10;

    /// <summary>How many hits have to be known.</summary>
    public static int Wanted(int count, ScoreFloor floor) => floor.IsNone ? count : Math.Max(count, Tenth);

    /// <param name="best">The best hits in their order.</param>
    /// <param name="floor">What a hit has to score.</param>
    /// <param name="unit">What one unit of a sum is worth.</param>
    /// <param name="count">How many are wanted.</param>
    public static ClusterHit[] Apply(ClusterHit[] best, ScoreFloor floor, float unit, int count)
    {
        int SumAt(int place) => best.Length > place ? (int)MathF.Round(best[place].Score / unit) : 0;
        int least = floor.LeastSum(unit, SumAt(0), SumAt(Tenth - 1));
        return [.. best.TakeWhile((_, place) => SumAt(place) >= least).Take(count)];
    }
}
