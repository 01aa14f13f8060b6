namespace SpladeLucene.Search.Costs;

/// <summary>How many blocks a search visits at most.</summary>
/// <param name="affordable">At least 1.</param>
internal struct VisitBudget(int affordable)
{
    // The score to beat still rises when the blocks over it are counted first.
    private const int HopedPerAffordable = 4;

    /// <summary>Visits so far.</summary>
    public int Spent { get; set; }

    public readonly int Left => affordable - Spent;

    /// <summary>With more blocks over the score to beat than these the search is hopeless.</summary>
    public readonly int Hoped => (int)Math.Min((long)HopedPerAffordable * Left, int.MaxValue);

    /// <summary>Whether it is worth going on with so many blocks over the score to beat: that rises fast at first, and hardly any
    /// more when most is spent.</summary>
    public readonly bool Affords(int blocks) => blocks <= Left || (long)blocks * Spent <= (long)Left * Left;
}
