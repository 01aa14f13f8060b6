using Microsoft.ML.OnnxRuntime;
using SpladeLucene.Onnx.Batching;
using SpladeLucene.Onnx.Graph;

namespace SpladeLucene.Onnx.Heads;

/// <summary>Turns what a graph puts out into vectors. Thread-safe.</summary>
internal abstract class SpladeHead
{
    /// <summary>The outputs of the graph that are wanted, in the order in which they are read.</summary>
    public abstract IReadOnlyList<string> Outputs { get; }

    /// <summary>Whether the terms know the stretch of the text that they won by.</summary>
    public abstract bool HasSpans { get; }

    /// <summary>Whether a run may hold several texts.</summary>
    public virtual bool ReadsBatches => true;

    /// <summary>Whether outputs are so large that those of one run have to go before the next one puts out its own.</summary>
    public virtual bool ReadsAtOnce => false;

    /// <summary>The head that reads <paramref name="outputs"/>.</summary>
    /// <param name="outputs">What the graph puts out.</param>
    /// <param name="settings">What is left to do with logits.</param>
    /// <param name="dimensions">Which of the vocabulary are terms.</param>
    /// <param name="minWeight">Lighter terms are left out.</param>
    public static SpladeHead For(GraphOutputs outputs, HeadSettings settings, TermDimensions dimensions, float minWeight) =>
        outputs.Kind switch
        {
            OutputKind.Logits => new LogitsHead(outputs.Main, settings, dimensions, minWeight),
            OutputKind.TokenWeights => new TokenWeightsHead(outputs.Main, dimensions, minWeight),
            OutputKind.Pooled => new PooledHead(outputs.Main, outputs.Second, dimensions, minWeight),
            _ => new IndexedHead(outputs.Main, outputs.Second!, dimensions, minWeight),
        };

    /// <summary>One vector for each text of the batch.</summary>
    /// <param name="batch">What went in.</param>
    /// <param name="outputs">What came out, in the order of <see cref="Outputs"/>.</param>
    /// <param name="vectors">Where the vectors go, one for each text.</param>
    /// <exception cref="BadOutputException">What came out for a text is no vector, such as NaN.</exception>
    /// <exception cref="InvalidDataException">The outputs do not have the shape that the graph promised.</exception>
    public abstract void Read(TokenBatch batch, IReadOnlyList<OrtValue> outputs, Span<SparseVector> vectors);

    /// <summary>
    /// How wide the rows of an output are, in which no entry of the vocabulary may be missing; refuses one whose other
    /// dimensions are not those that are due.
    /// </summary>
    protected static int WidthOf(string name, OrtValue output, OutputWidth width, params ReadOnlySpan<long> due)
    {
        long[] shape = output.GetTensorTypeAndShape().Shape;
        if (shape.Length == due.Length + 1 && shape.AsSpan(0, due.Length).SequenceEqual(due)
            && width.Fits(shape[^1]))
            return (int)shape[^1];
        throw Misshapen(name, output, [.. due, width.Entries]);
    }

    /// <summary>Says what shape an output has, and which was due.</summary>
    protected static InvalidDataException Misshapen(string name, OrtValue output, params ReadOnlySpan<long> due) =>
        new($"output '{name}' has the shape [{string.Join(", ", output.GetTensorTypeAndShape().Shape)}] "
            + $"where [{string.Join(", ", due.ToArray())}] was due");
}
