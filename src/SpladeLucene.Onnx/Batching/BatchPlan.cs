namespace SpladeLucene.Onnx.Batching;

/// <summary>Cuts texts into batches: the like in length together, no more tokens a batch than the budget.</summary>
internal static class BatchPlan
{
    /// <summary>The batches, each as indexes into <paramref name="lengths"/>; every index once.</summary>
    /// <param name="lengths">The tokens of each text.</param>
    /// <param name="budget">The tokens of a batch, padding included. A longer text is a batch of its own.</param>
    public static IEnumerable<int[]> Cut(IReadOnlyList<int> lengths, int budget)
    {
        int[] byLength = [.. Enumerable.Range(0, lengths.Count).OrderBy(index => lengths[index])];
        for (int start = 0; start < byLength.Length;)
        {
            int end = start + 1;
            // Ascending lengths: the text that comes last is the one that all are padded to.
            while (end < byLength.Length && (long)(end + 1 - start) * lengths[byLength[end]] <= budget) end++;
            yield return byLength[start..end];
            start = end;
        }
    }
}
