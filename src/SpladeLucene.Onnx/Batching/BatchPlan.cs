namespace SpladeLucene.Onnx.Batching;

/// <summary>Cuts texts into batches: the like in length together, no more tokens a batch than the budget.</summary>
/// <param name="Tokens">The tokens of a batch, padding included. A longer text is a batch of its own.</param>
/// <param name="Texts">How many texts a batch has at most.</param>
/// <param name="Width">How long each row is, however short its text; null for that of the batch's longest.</param>
internal sealed record BatchPlan(int Tokens, int Texts = int.MaxValue, int? Width = null)
{
    /// <summary>The batches, each as indexes into <paramref name="lengths"/>; every index once.</summary>
    /// <param name="lengths">The tokens of each text.</param>
    public IEnumerable<int[]> Cut(IReadOnlyList<int> lengths)
    {
        int[] byLength = [.. Enumerable.Range(0, lengths.Count).OrderBy(index => lengths[index])];
        for (int start = 0; start < byLength.Length;)
        {
            int end = start + 1;
            // Ascending lengths: the text that comes last is the one that all are padded to.
            while (end < byLength.Length && end - start < Texts
                && (long)(end + 1 - start) * (Width ?? lengths[byLength[end]]) <= Tokens) end++;
            yield return byLength[start..end];
            start = end;
        }
    }
}
