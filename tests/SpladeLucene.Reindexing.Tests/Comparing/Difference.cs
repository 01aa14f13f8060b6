namespace SpladeLucene.Reindexing.Tests;

/// <summary>Asserts that a comparer found nothing, and otherwise says all that it found.</summary>
internal static class Difference
{
    public static void None(string? difference)
    {
        if (difference is not null) Assert.Fail(difference);
    }
}
