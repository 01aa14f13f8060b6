using SpladeLucene.Onnx.Heads;

namespace SpladeLucene.Onnx.Tests;

public sealed class MaxPoolTests
{
    [Fact]
    public void TryPool_RandomMatrices_FindsWhatAPlainLoopFinds()
    {
        var random = new Random(1);
        foreach (int width in new[] { 1, 7, 8, 100, 2047, 2048, 2049, 5000 })
        {
            int height = random.Next(1, 12);
            float[] matrix = Matrix(random, width * height);
            float[] maxima = new float[width];
            int[] rows = new int[width];
            Assert.True(MaxPool.TryPool(matrix, maxima, rows));
            for (int column = 0; column < width; column++)
            {
                int best = 0;
                for (int row = 1; row < height; row++)
                    if (matrix[(row * width) + column] > matrix[(best * width) + column]) best = row;
                Assert.Equal((matrix[(best * width) + column], best), (maxima[column], rows[column]));
            }
        }
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void TryPool_NaNOrPlusInfinity_IsNoticedAnywhere(float value)
    {
        const int Width = 2053, Height = 2;
        for (int at = 0; at < Width * Height; at += 97)
        {
            float[] matrix = Matrix(new Random(at), Width * Height);
            matrix[at] = value;
            Assert.False(MaxPool.TryPool(matrix, new float[Width], new int[Width]));
        }
    }

    [Fact]
    public void TryPool_MinusInfinity_IsLessThanAllOthers()
    {
        const int Width = 2053;
        float[] matrix = new float[2 * Width], maxima = new float[Width];
        Array.Fill(matrix, float.NegativeInfinity, 0, Width + 7);
        int[] rows = new int[Width];
        Assert.True(MaxPool.TryPool(matrix, maxima, rows));
        Assert.Equal(Enumerable.Repeat((float.NegativeInfinity, 0), 7), maxima.Zip(rows).Take(7));
        Assert.Equal(Enumerable.Repeat((0f, 1), Width - 7), maxima.Zip(rows).Skip(7));
    }

    // Few different values, so that there are ties.
    private static float[] Matrix(Random random, int length) =>
        [.. Enumerable.Range(0, length).Select(_ => random.Next(-5, 6) / 2f)];
}
