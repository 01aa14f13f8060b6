namespace Microsoft.ML.Tokenizers;

public readonly struct EncodedToken
{
    internal EncodedToken(int id, Range offset) => (Id, Offset) = (id, offset);

    public int Id { get; }

    /// <summary>The UTF-16 units that the token stands for, counted in the normalized text.</summary>
    public Range Offset { get; }
}
