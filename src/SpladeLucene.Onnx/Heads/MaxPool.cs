using System.Diagnostics;
using System.Numerics;
using System.Runtime.InteropServices;

namespace SpladeLucene.Onnx.Heads;

/// <summary>The maximum of each column of a matrix, and the first row that has it.</summary>
internal static class MaxPool
{
    // Columns that are pooled at a time: their maxima and rows take 16 KB and stay in the first-level cache while
    // the matrix, which is far larger than any cache, streams by once.
    private const int Stripe = 2048;

    /// <summary>Pools a matrix of at least one row, whose rows are as long as <paramref name="maxima"/>.</summary>
    /// <param name="matrix">Row by row.</param>
    /// <param name="maxima">Receives the largest value of each column.</param>
    /// <param name="rows">Receives, as whole numbers, the first row that has it; as long as the maxima.</param>
    /// <returns>
    /// Whether no value is NaN or +∞; where one is, what was received means nothing. −∞ is less than all others.
    /// </returns>
    public static bool TryPool(ReadOnlySpan<float> matrix, Span<float> maxima, Span<int> rows)
    {
        Debug.Assert(matrix.Length >= maxima.Length && matrix.Length % maxima.Length == 0, "whole rows, at least one");
        bool finite = true;
        for (int start = 0; start < maxima.Length; start += Stripe)
        {
            int length = Math.Min(Stripe, maxima.Length - start);
            finite &= PoolStripe(matrix, maxima.Length, start, maxima.Slice(start, length), rows.Slice(start, length));
        }

        return finite;
    }

    private static bool PoolStripe(ReadOnlySpan<float> matrix, int width, int start, Span<float> maxima, Span<int> rows)
    {
        maxima.Fill(float.NegativeInfinity);
        rows.Clear();
        bool finite = true;
        for (int row = 0; row * (long)width < matrix.Length; row++)
        {
            finite &= Update(matrix.Slice((row * width) + start, maxima.Length), row, maxima, rows);
        }

        return finite;
    }

    // Only NaN and +∞ are not less than +∞: to know it costs no branch.
    private static bool Update(ReadOnlySpan<float> values, int row, Span<float> maxima, Span<int> rows)
    {
        ReadOnlySpan<Vector<float>> wideValues = MemoryMarshal.Cast<float, Vector<float>>(values);
        Span<Vector<float>> wideMaxima = MemoryMarshal.Cast<float, Vector<float>>(maxima);
        Span<Vector<int>> wideRows = MemoryMarshal.Cast<int, Vector<int>>(rows);
        Vector<int> thisRow = new(row);
        Vector<float> infinity = new(float.PositiveInfinity);
        Vector<int> below = Vector<int>.AllBitsSet;
        for (int i = 0; i < wideValues.Length; i++)
        {
            Vector<float> value = wideValues[i], best = wideMaxima[i];
            Vector<int> larger = Vector.GreaterThan(value, best);
            wideMaxima[i] = Vector.ConditionalSelect(larger, value, best);
            wideRows[i] = Vector.ConditionalSelect(larger, thisRow, wideRows[i]);
            below &= Vector.LessThan(value, infinity);
        }

        bool finite = Vector.EqualsAll(below, Vector<int>.AllBitsSet);
        for (int i = wideValues.Length * Vector<float>.Count; i < values.Length; i++)
        {
            finite &= values[i] < float.PositiveInfinity;
            if (!(values[i] > maxima[i])) continue;
            maxima[i] = values[i];
            rows[i] = row;
        }

        return finite;
    }
}
