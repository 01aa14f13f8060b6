namespace SpladeLucene.Quality;

/// <summary>What a query found, the best first, and how many terms it had.</summary>
internal readonly record struct Ranking(IReadOnlyList<RankedHit<string>> Hits, int? Terms);
