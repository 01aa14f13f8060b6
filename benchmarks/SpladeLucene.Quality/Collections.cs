namespace SpladeLucene.Quality;

/// <summary>Finds the collections that a folder means.</summary>
internal static class Collections
{
    private static readonly string[] Documents = ["corpus.jsonl", "corpus.jsonl.gz"];

    /// <param name="folder">A collection, a folder of them, or one whose folder <c>collections</c> holds them.</param>
    /// <returns>Their folders, by name.</returns>
    /// <exception cref="FormatException">There is none.</exception>
    public static IReadOnlyList<string> In(string folder)
    {
        if (IsCollection(folder)) return [folder];
        string inside = Path.Combine(folder, "collections");
        if (!System.IO.Directory.Exists(inside)) inside = folder;
        string[] found = System.IO.Directory.Exists(inside)
            ? [.. System.IO.Directory.GetDirectories(inside).Where(IsCollection).Order(StringComparer.Ordinal)] : [];
        return found.Length > 0 ? found : throw new FormatException(
            $"Neither '{folder}' nor a folder in it or in its 'collections' holds a corpus.jsonl (or .gz).");
    }

    private static bool IsCollection(string folder) =>
        Documents.Any(name => File.Exists(Path.Combine(folder, name)));
}
