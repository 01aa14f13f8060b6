namespace SpladeLucene.Onnx.Tests.Models;

/// <summary>The terms that a model adds only to a text that holds one of the same category: models/training/decency.</summary>
internal static class ListedTerms
{
    /// <summary>Each single word of the list with its category; what is added to no text has the category <c>slur</c>.</summary>
    public static IReadOnlyDictionary<string, string> Categories { get; } = Read();

    private static Dictionary<string, string> Read()
    {
        var categories = new Dictionary<string, string>(StringComparer.Ordinal);
        string category = "";
        foreach (string line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "data", "decency", "terms.txt")))
        {
            if (line.StartsWith('#')) continue;
            if (line.StartsWith('[')) category = line.Trim('[', ']');
            // "_" joins an expression, which is no term; "~" marks a word that has an innocent sense as well.
            IEnumerable<string> words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word.TrimStart('~'));
            foreach (string word in words.Where(IsWord))
                categories[word] = category;
        }

        return categories;
    }

    private static bool IsWord(string text) => text.All(char.IsAsciiLetterLower);
}
