namespace SpladeLucene.Onnx.Heads;

/// <summary>The sum of each column of a matrix of logits, after the activation.</summary>
internal static class SumPool
{
    /// <param name="matrix">Row by row, all finite; a row is as long as <paramref name="sums"/>.</param>
    /// <param name="sums">Receives the sum of each column.</param>
    /// <param name="settings">The activation.</param>
    public static void Pool(ReadOnlySpan<float> matrix, Span<float> sums, HeadSettings settings)
    {
        sums.Clear();
        for (int start = 0; start < matrix.Length; start += sums.Length)
        {
            ReadOnlySpan<float> row = matrix.Slice(start, sums.Length);
            for (int i = 0; i < row.Length; i++)
            {
                // Most logits of a sparse model are not positive: the logarithm is taken of few.
                if (row[i] > 0) sums[i] += (float)settings.WeightOf(row[i]);
            }
        }
    }
}
