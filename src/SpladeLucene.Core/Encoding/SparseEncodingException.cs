namespace SpladeLucene;

/// <summary>A text can't be encoded: the model doesn't run for it, or puts out what is no weight.</summary>
public sealed class SparseEncodingException : Exception
{
    /// <summary>Makes an exception about one text of a call.</summary>
    /// <param name="index">Its place among the texts of the call, from 0.</param>
    /// <param name="problem">What is wrong with it, as the first half of a sentence.</param>
    /// <param name="innerException">What was noticed below, if anything.</param>
    public SparseEncodingException(int index, string problem, Exception? innerException = null)
        : base($"{problem} for the text at index {index}.", innerException) => Index = index;

    /// <summary>The text's place among the texts of the call, from 0.</summary>
    public int Index { get; }
}
