namespace SpladeLucene.Routing;

/// <summary>Finds the floor of the hits of all shards as one index does: a share is of what the best and the tenth-best score.</summary>
internal static class FloorCut
{
    /// <summary>How many of the best scores a floor may ask for.</summary>
    public const int Tenth = 10;

    /// <summary>How many hits have to be known.</summary>
    public static int Wanted(int count, ScoreFloor floor) => floor.IsNone ? count : Math.Max(count, Tenth);

    /// <summary>What a hit scores at least.</summary>
    /// <param name="best">The best scores of all shards in their order.</param>
    /// <param name="floor">What a hit has to score.</param>
    /// <param name="unit">What one unit of a sum is worth, a power of two.</param>
    public static float LeastScore(float[] best, ScoreFloor floor, float unit)
    {
        int SumAt(int place) => best.Length > place ? (int)MathF.Round(best[place] / unit) : 0;
        return floor.LeastSum(unit, SumAt(0), SumAt(Tenth - 1)) * unit;
    }
}
