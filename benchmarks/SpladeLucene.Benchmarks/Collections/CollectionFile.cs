namespace SpladeLucene.Benchmarks.Collections;

/// <summary>A collection with its queries, ready to be searched.</summary>
/// <param name="Name">What its indexes and results are named after.</param>
/// <param name="Path">An .spv file.</param>
/// <param name="QueriesPath">Queries with whole weights, a line each.</param>
/// <param name="Origin">Where it is from, in words.</param>
internal sealed record CollectionFile(string Name, string Path, string QueriesPath, string Origin)
{
    /// <summary>What it is made from, as a <see cref="SourceNote"/> says it: indexes of another one are made anew.</summary>
    public string Source { get; init; } = "";

    public static bool IsJsonLines(string file) =>
        file.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase)
        || file.EndsWith(".jsonl.gz", StringComparison.OrdinalIgnoreCase);

    /// <summary>The name of the file without its extensions.</summary>
    public static string NameOf(string file) => System.IO.Path.GetFileName(file).Split('.')[0];
}
