namespace SpladeLucene;

/// <summary>What an encoder may offer beside <see cref="ISparseEncoder"/>, for progress and for batches by tokens.</summary>
public interface ITokenMeter
{
    /// <summary>
    /// How many tokens this encoder has encoded since it was made, for all callers, those that it puts around a text
    /// included. Never falls; may be read from any thread.
    /// </summary>
    long TokensEncoded { get; }
}
