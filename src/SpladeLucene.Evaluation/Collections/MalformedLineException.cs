namespace SpladeLucene.Evaluation;

/// <summary>A line of an input file is not what it should be; the message names the file and the line.</summary>
public sealed class MalformedLineException(string file, long line, string problem)
    : FormatException($"{file}:{line}: {problem}")
{
    /// <summary>The file.</summary>
    public string File { get; } = file;

    /// <summary>The line, from 1.</summary>
    public long Line { get; } = line;
}
