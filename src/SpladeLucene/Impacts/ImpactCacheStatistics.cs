namespace SpladeLucene;

/// <summary>What an <see cref="ImpactCache"/> holds and did so far.</summary>
/// <param name="Entries">Segments and fields held now.</param>
/// <param name="Bytes">What they take up now, with what is being built.</param>
/// <param name="Postings">The postings in them.</param>
/// <param name="Built">How many were built since the cache was made.</param>
/// <param name="Freed">How many went with their segments.</param>
/// <param name="Refused">How often an entry wasn't built because it didn't fit the budget.</param>
/// <param name="BuildTime">What building took, summed over threads.</param>
public sealed record ImpactCacheStatistics(
    int Entries, long Bytes, long Postings, long Built, long Freed, long Refused, TimeSpan BuildTime);
