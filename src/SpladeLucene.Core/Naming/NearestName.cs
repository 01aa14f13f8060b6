namespace SpladeLucene.Naming;

/// <summary>Which name somebody may have meant who gave one that there isn't.</summary>
internal static class NearestName
{
    private const int MostChanges = 3;

    /// <summary>The name that is most like the one given; null where none is alike enough to be meant.</summary>
    /// <param name="given">What there is not.</param>
    /// <param name="names">What there is.</param>
    public static string? Of(string given, IEnumerable<string> names)
    {
        int most = Math.Min(MostChanges, given.Length / 2);
        return names.Where(name => Math.Abs(name.Length - given.Length) <= most)
            .Select(name => (Name: name, Changes: Distance(name, given)))
            .Where(one => one.Changes <= most).OrderBy(one => one.Changes).FirstOrDefault().Name;
    }

    /// <summary>The same as a part of a sentence, with a blank before it; empty where there is nothing to say.</summary>
    public static string Hint(string given, IReadOnlyCollection<string> names)
    {
        string[] parts = given.Split([',', ';', '+', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (parts.Length > 1 && parts.All(names.Contains))
            return $" ({string.Join(" and ", parts.Select(part => $"'{part}'"))} are fields, each to be named by itself)";
        return Of(given, names) is { } nearest ? $" (did you mean '{nearest}'?)" : "";
    }

    // Levenshtein's, without regard to case.
    private static int Distance(string one, string other)
    {
        int[] row = [.. Enumerable.Range(0, other.Length + 1)];
        for (int i = 1; i <= one.Length; i++)
        {
            int diagonal = row[0]++;
            for (int j = 1; j <= other.Length; j++)
            {
                bool same = char.ToUpperInvariant(one[i - 1]) == char.ToUpperInvariant(other[j - 1]);
                int cost = Math.Min(diagonal + (same ? 0 : 1), Math.Min(row[j], row[j - 1]) + 1);
                (diagonal, row[j]) = (row[j], cost);
            }
        }

        return row[^1];
    }
}
