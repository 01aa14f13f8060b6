namespace SpladeLucene.Shards;

/// <summary>What the cluster's membership says, which all silos agree on.</summary>
internal interface ISiloDeaths
{
    /// <summary>Reads the membership anew.</summary>
    /// <returns>Its version, which every death makes larger.</returns>
    Task<long> RefreshAsync();

    /// <summary>Whether a start of a silo is over for good; it serves no one any more.</summary>
    bool IsOver(string incarnation);
}
