using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace SpladeLucene.Onnx.Heads;

/// <summary>Reads tensors of positions or ids, which are Int32 in some exports and Int64 in others.</summary>
internal static class WholeNumbers
{
    public static bool Holds(TensorElementType type) => type is TensorElementType.Int32 or TensorElementType.Int64;

    /// <summary>The numbers from <paramref name="start"/> on; one that no int holds becomes −1.</summary>
    public static void Read(OrtValue tensor, int start, Span<int> numbers)
    {
        if (tensor.GetTensorTypeAndShape().ElementDataType == TensorElementType.Int32)
        {
            tensor.GetTensorDataAsSpan<int>().Slice(start, numbers.Length).CopyTo(numbers);
            return;
        }

        ReadOnlySpan<long> wide = tensor.GetTensorDataAsSpan<long>().Slice(start, numbers.Length);
        for (int i = 0; i < wide.Length; i++) numbers[i] = wide[i] is >= 0 and <= int.MaxValue ? (int)wide[i] : -1;
    }

    /// <summary>All of them, which must be as many as <paramref name="numbers"/>.</summary>
    public static void ReadAll(string name, OrtValue tensor, Span<int> numbers)
    {
        long count = tensor.GetTensorTypeAndShape().Shape.Aggregate(1L, static (product, size) => product * size);
        if (count != numbers.Length)
            throw new InvalidDataException($"output '{name}' has {count} ids for {numbers.Length} weights");
        Read(tensor, 0, numbers);
    }
}
