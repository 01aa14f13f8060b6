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
    [InlineData(float.NegativeInfinity)]
    public void TryPool_OneValueThatIsNotFinite_IsNoticedAnywhere(float value)
    {
        const int Width = 2053, Height = 2;
        for (int at = 0; at < Width * Height; at += 97)
        {
            float[] matrix = Matrix(new Random(at), Width * Height);
            matrix[at] = value;
            Assert.False(MaxPool.TryPool(matrix, new float[Width], new int[Width]));
        }
    }

    // Few different values, so that there are ties.
    private static float[] Matrix(Random random, int length) =>
        [.. Enumerable.Range(0, length).Select(_ => random.Next(-5, 6) / 2f)];
}
