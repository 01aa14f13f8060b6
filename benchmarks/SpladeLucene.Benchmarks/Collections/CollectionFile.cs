namespace SpladeLucene.Benchmarks.Collections;

/// <summary>A collection with its queries, ready to be searched.</summary>
/// <param name="Name">What its indexes and results are named after.</param>
/// <param name="Path">An .spv file.</param>
/// <param name="QueriesPath">Queries with whole weights, a line each.</param>
/// <param name="Origin">Where it is from, in words.</param>
internal sealed record CollectionFile(string Name, string Path, string QueriesPath, string Origin)
{
    public static bool IsJsonLines(string file) =>
        file.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase)
        || file.EndsWith(".jsonl.gz", StringComparison.OrdinalIgnoreCase);

    /// <summary>The name of the file without its extensions.</summary>
    public static string NameOf(string file) => System.IO.Path.GetFileName(file).Split('.')[0];

    /// <summary>Whether a file made from another one can be used: it is there, and not older.</summary>
    public static bool IsFresh(string file, string? madeFrom) => File.Exists(file)
        && (madeFrom is null || File.GetLastWriteTimeUtc(file) >= File.GetLastWriteTimeUtc(madeFrom));
}
