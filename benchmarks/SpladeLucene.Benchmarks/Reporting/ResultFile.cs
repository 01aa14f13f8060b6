namespace SpladeLucene.Benchmarks.Reporting;

/// <summary>Writes results: a file for each collection and processor.</summary>
internal static class ResultFile
{
    /// <summary>Writes and prints the last of <paramref name="all"/>, beside those before where there are any.
    /// </summary>
    public static void Write(string folder, IReadOnlyList<SearchResults> all)
    {
        SearchResults results = all[^1];
        string text = new ResultTable(results).Render() + GrowthTable.Render(all);
        Console.WriteLine(text);
        System.IO.Directory.CreateDirectory(folder);
        string processor = string.Join('-', Machine.Processor.Replace("(R)", "", StringComparison.Ordinal).Replace("(TM)", "", StringComparison.Ordinal)
            .Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(word => word is not ("CPU" or "Processor"))
            .Select(word => string.Concat(word.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '-'))));
        // What was broken off doesn't take the place of a whole run.
        string stopped = results.IsComplete ? "" : ".stopped";
        string file = Path.Combine(folder, $"search-{results.Collection.Name}-{processor}{stopped}.md");
        File.WriteAllText(file, text);
        Console.Error.WriteLine($"Written: {file}");
    }
}
