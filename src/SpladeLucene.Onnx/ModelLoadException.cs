namespace SpladeLucene.Onnx;

/// <summary>A model's folder cannot be used. The message has the file, what was found and what was expected.</summary>
public sealed class ModelLoadException : Exception
{
    /// <summary>Makes an exception about one file.</summary>
    /// <param name="path">The file or folder at fault.</param>
    /// <param name="found">What was found there: the first half of a sentence.</param>
    /// <param name="expected">What was expected instead: the second half.</param>
    /// <param name="innerException">What the reader of that file said, if anything.</param>
    public ModelLoadException(string path, string found, string expected, Exception? innerException = null)
        : base($"{path}: {found}; expected {expected}.", innerException) => Path = path;

    /// <summary>The file or folder at fault.</summary>
    public string Path { get; }
}
