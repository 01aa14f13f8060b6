namespace SideBySide;

/// <summary>Which queries are shown: as far as there are any, such as have no common word, by which words would win or lose.</summary>
internal static class Samples
{
    private const int Gains = 3, Losses = 2;

    /// <summary>Where meaning gains most on words, the greatest gain first; fewer where it gains on fewer.</summary>
    public static IReadOnlyList<Judged> Won(IReadOnlyList<Judged> rows) =>
        [.. rows.Where(row => row.Gain > 0).OrderBy(row => row.HasCommonWord).ThenByDescending(row => row.Gain).Take(Gains)];

    /// <summary>Where it loses most.</summary>
    public static IReadOnlyList<Judged> Lost(IReadOnlyList<Judged> rows) =>
        [.. rows.Where(row => row.Gain < 0).OrderBy(row => row.HasCommonWord).ThenBy(row => row.Gain).Take(Losses)];
}
