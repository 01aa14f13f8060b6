using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace SpladeLucene.Onnx.Heads;

internal static class OutputChecks
{
    /// <summary>Refuses weights that a graph has pooled if one is NaN, infinite or negative.</summary>
    public static void RequireWeights(ReadOnlySpan<float> weights, int text)
    {
        ReadOnlySpan<Vector<float>> wide = MemoryMarshal.Cast<float, Vector<float>>(weights);
        Vector<int> right = Vector<int>.AllBitsSet;
        Vector<float> largest = new(float.MaxValue);
        // NaN is neither.
        foreach (Vector<float> some in wide)
            right &= Vector.GreaterThanOrEqual(some, Vector<float>.Zero) & Vector.LessThanOrEqual(some, largest);
        int rest = Vector.EqualsAll(right, Vector<int>.AllBitsSet) ? wide.Length * Vector<float>.Count : 0;
        foreach (float weight in weights[rest..])
        {
            if (float.IsFinite(weight) && weight >= 0) continue;
            throw new BadOutputException(
                text, float.IsFinite(weight) ? "a negative weight" : BadOutputException.NotFinite);
        }
    }
}

/// <summary>The numbers of a tensor: those of Float as they stand, those of Float16 made wider, for as long as this lives.</summary>
internal readonly ref struct Floats : IDisposable
{
    private readonly float[]? _wider;

    public Floats(OrtValue tensor)
    {
        if (tensor.GetTensorTypeAndShape().ElementDataType == TensorElementType.Float)
        {
            Values = tensor.GetTensorDataAsSpan<float>();
            return;
        }

        ReadOnlySpan<Half> halves = MemoryMarshal.Cast<Float16, Half>(tensor.GetTensorDataAsSpan<Float16>());
        _wider = ArrayPool<float>.Shared.Rent(halves.Length);
        for (int i = 0; i < halves.Length; i++) _wider[i] = (float)halves[i];
        Values = _wider.AsSpan(0, halves.Length);
    }

    public ReadOnlySpan<float> Values { get; }

    public static bool Holds(TensorElementType type) => type is TensorElementType.Float or TensorElementType.Float16;

    public void Dispose()
    {
        if (_wider is not null) ArrayPool<float>.Shared.Return(_wider);
    }
}

/// <summary>Reads tensors of positions or ids, which are Int32 in some exports and Int64 in others.</summary>
internal static class WholeNumbers
{
    public static bool Holds(TensorElementType type) => type is TensorElementType.Int32 or TensorElementType.Int64;

    /// <summary>Some of the numbers from <paramref name="start"/> on; one that no int holds becomes −1.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="start">Where the first of <paramref name="numbers"/> stands in it.</param>
    /// <param name="wanted">Which of the numbers, counted from there.</param>
    /// <param name="numbers">Receives them, each in its place; the others stay as they are.</param>
    public static void Read(OrtValue tensor, int start, ReadOnlySpan<int> wanted, Span<int> numbers)
    {
        if (tensor.GetTensorTypeAndShape().ElementDataType == TensorElementType.Int32)
        {
            ReadOnlySpan<int> narrow = tensor.GetTensorDataAsSpan<int>()[start..];
            foreach (int place in wanted) numbers[place] = narrow[place];
            return;
        }

        ReadOnlySpan<long> wide = tensor.GetTensorDataAsSpan<long>()[start..];
        foreach (int place in wanted) numbers[place] = Narrow(wide[place]);
    }

    private static int Narrow(long number) => number is >= 0 and <= int.MaxValue ? (int)number : -1;

    /// <summary>All of them, which must be as many as <paramref name="numbers"/>.</summary>
    public static void ReadAll(string name, OrtValue tensor, Span<int> numbers)
    {
        long count = tensor.GetTensorTypeAndShape().Shape.Aggregate(1L, static (product, size) => product * size);
        if (count != numbers.Length)
            throw new InvalidDataException($"output '{name}' has {count} ids for {numbers.Length} weights");
        if (tensor.GetTensorTypeAndShape().ElementDataType == TensorElementType.Int32)
        {
            tensor.GetTensorDataAsSpan<int>().CopyTo(numbers);
            return;
        }

        ReadOnlySpan<long> wide = tensor.GetTensorDataAsSpan<long>();
        for (int i = 0; i < wide.Length; i++) numbers[i] = Narrow(wide[i]);
    }
}

/// <summary>What the model put out for a text is no vector; the encoder says which of the caller's it is.</summary>
/// <param name="index">The text's place in the batch.</param>
/// <param name="found">What it put out.</param>
internal sealed class BadOutputException(int index, string found) : Exception(found)
{
    public const string NotFinite = "NaN or infinity";

    public int Index { get; } = index;
}
