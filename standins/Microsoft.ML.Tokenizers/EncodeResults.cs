namespace Microsoft.ML.Tokenizers;

internal struct EncodeResults<T>
{
    public IReadOnlyList<T> Tokens { get; set; }

    public string? NormalizedText { get; set; }
}
