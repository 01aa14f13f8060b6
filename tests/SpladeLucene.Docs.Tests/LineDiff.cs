namespace SpladeLucene.Docs.Tests;

/// <summary>The lines that differ between two texts, as <c>diff</c> marks them, by their longest common subsequence.</summary>
internal static class LineDiff
{
    public static IEnumerable<string> Of(string[] before, string[] after)
    {
        int[,] common = Common(before, after);
        int i = 0, j = 0;
        while (i < before.Length || j < after.Length)
        {
            if (i < before.Length && j < after.Length && before[i] == after[j]) (i, j) = (i + 1, j + 1);
            else if (j == after.Length || (i < before.Length && common[i + 1, j] >= common[i, j + 1])) yield return "-" + before[i++];
            else yield return "+" + after[j++];
        }
    }

    /// <summary>How many lines the rests of both texts from two lines on have in common.</summary>
    private static int[,] Common(string[] before, string[] after)
    {
        var common = new int[before.Length + 1, after.Length + 1];
        for (int i = before.Length - 1; i >= 0; i--)
        {
            for (int j = after.Length - 1; j >= 0; j--)
            {
                common[i, j] = before[i] == after[j]
                    ? common[i + 1, j + 1] + 1
                    : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        return common;
    }
}
