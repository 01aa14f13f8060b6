namespace SpladeLucene.Onnx.Heads;

/// <summary>What the model put out for a text is no vector; the encoder says which of the caller's it is.</summary>
/// <param name="index">The text's place in the batch.</param>
/// <param name="found">What it put out.</param>
internal sealed class BadOutputException(int index, string found) : Exception(found)
{
    public const string NotFinite = "NaN or infinity";

    public int Index { get; } = index;
}
