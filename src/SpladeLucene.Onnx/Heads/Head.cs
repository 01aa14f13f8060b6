using Microsoft.ML.OnnxRuntime;
using SpladeLucene.Onnx.Batching;

namespace SpladeLucene.Onnx.Heads;

/// <summary>Turns what a graph puts out into vectors. Thread-safe.</summary>
internal abstract class Head
{
    /// <summary>Pooling and activation, as in a fingerprint.</summary>
    public abstract string Name { get; }

    /// <summary>The outputs of the graph that are wanted, in the order in which they are read.</summary>
    public abstract IReadOnlyList<string> Outputs { get; }

    /// <summary>One vector for each text of the batch.</summary>
    /// <param name="batch">What went in.</param>
    /// <param name="outputs">What came out, in the order of <see cref="Outputs"/>.</param>
    /// <param name="vectors">Where the vectors go, one for each text.</param>
    /// <exception cref="NonFiniteOutputException">A text has an output that is NaN or infinite.</exception>
    /// <exception cref="InvalidDataException">The outputs do not have the shape that the graph promised.</exception>
    public abstract void Read(TokenBatch batch, IReadOnlyList<OrtValue> outputs, Span<SparseVector> vectors);
}
