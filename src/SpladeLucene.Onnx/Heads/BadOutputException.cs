namespace SpladeLucene.Onnx.Heads;

/// <summary>The model put out NaN or infinity for a text; the encoder says which of the caller's it is.</summary>
internal sealed class NonFiniteOutputException(int index) : Exception
{
    /// <summary>The text's place in the batch.</summary>
    public int Index { get; } = index;
}
