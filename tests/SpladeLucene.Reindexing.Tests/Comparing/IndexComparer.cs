using Lucene.Net.Index;

namespace SpladeLucene.Reindexing.Tests;

/// <summary>Finds the first thing that one index says and another doesn't, or says otherwise.</summary>
internal static class IndexComparer
{
    private const int LongestValue = 200;

    /// <summary>
    /// Compares all that both say of their live documents, in their order, and of the fields of their segments.
    /// </summary>
    /// <param name="expected">The index to be carried over.</param>
    /// <param name="actual">What became of it.</param>
    /// <param name="added">Fields that <paramref name="actual"/> may have besides.</param>
    /// <returns>The first difference in words, null where there is none.</returns>
    public static string? FirstDifference(IndexReader expected, IndexReader actual, params string[] added) =>
        FirstDifference(DocumentListing.Of(expected, []), DocumentListing.Of(actual, added))
        ?? FirstDifference(SegmentListing.Of(expected, []), SegmentListing.Of(actual, added));

    /// <summary>Compares statistics of both; deleted documents count in them until they are expunged.</summary>
    public static string? FirstDifferenceInStatistics(IndexReader expected, IndexReader actual, params string[] added) =>
        FirstDifference(StatisticsListing.Of(expected, []), StatisticsListing.Of(actual, added));

    /// <summary>Whether all of the commit's user data is kept; there may be more.</summary>
    public static string? FirstDifferenceInUserData(DirectoryReader expected, DirectoryReader actual)
    {
        IDictionary<string, string> kept = actual.IndexCommit.UserData;
        return expected.IndexCommit.UserData
            .Where(pair => !kept.TryGetValue(pair.Key, out string? value) || value != pair.Value)
            .Select(pair => $"The commit's user data lost {pair.Key} = {pair.Value}.").FirstOrDefault();
    }

    public static string? FirstDifference(IEnumerable<Fact> expected, IEnumerable<Fact> actual)
    {
        using IEnumerator<IGrouping<string, Fact>> had = Runs(expected).GetEnumerator();
        using IEnumerator<IGrouping<string, Fact>> has = Runs(actual).GetEnumerator();
        while (had.MoveNext())
        {
            if (!has.MoveNext()) return $"There is no {had.Current.Key} any more.";
            if (had.Current.Key != has.Current.Key) return $"Instead of {had.Current.Key} there is {has.Current.Key}.";
            if (Difference(had.Current.Key, [.. had.Current], [.. has.Current]) is { } difference) return difference;
        }

        return has.MoveNext() ? $"There is one more: {has.Current.Key}." : null;
    }

    private static string? Difference(string subject, Fact[] had, Fact[] has)
    {
        Dictionary<string, string> values = has.ToDictionary(fact => fact.Name, fact => fact.Value);
        foreach (Fact fact in had)
        {
            if (!values.Remove(fact.Name, out string? value)) return $"{subject} lost {fact.Name}: {Cut(fact.Value)}";
            if (value != fact.Value) return $"{subject}, {fact.Name} was {Cut(fact.Value)} and is {Cut(value)}";
        }

        return values.Select(extra => $"{subject} gained {extra.Key}: {Cut(extra.Value)}").FirstOrDefault();
    }

    // Subjects come in order and once each.
    private static IEnumerable<IGrouping<string, Fact>> Runs(IEnumerable<Fact> facts) =>
        facts.GroupBy(fact => fact.Subject);

    private static string Cut(string value) => value.Length <= LongestValue ? value : value[..LongestValue] + "…";
}
