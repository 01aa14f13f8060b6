namespace SideBySide;

/// <summary>Documents by what people call them. Thread-safe; the first title that is looked for reads all documents.</summary>
internal sealed class DocumentNames(Rankings rankings)
{
    private const int Listed = 5;

    // Titles needn't be unique: what is suggested has the id with it.
    private const string BeforeId = " · ";

    private readonly Lazy<ILookup<string, string>> _byTitle = new(() => rankings.Titles(rankings.Documents)
        .ToLookup(document => document.Title.Trim(), document => document.Id, StringComparer.OrdinalIgnoreCase));

    /// <summary>A document as it is suggested.</summary>
    public static string Suggestion(string title, string id) => title + BeforeId + id;

    /// <summary>The id of the only document of that name, or a sentence that says why there is none.</summary>
    /// <param name="name">An id, a title in whatever case, or a suggestion.</param>
    public (string? Id, string? Problem) Find(string name)
    {
        name = name.Trim();
        if (rankings.Find(name) is not null) return (name, null);
        string[] ids = [.. _byTitle.Value[name]];
        if (ids.Length == 0 && SuggestedId(name) is { } suggested) ids = [suggested];
        return ids.Length switch
        {
            1 => (ids[0], null),
            0 => (null, $"The collection has no document with the title or id “{name}”: pick one that is suggested while you type."),
            _ => (null, $"{ids.Length} documents have the title “{name}”: type the id of one, "
                + string.Join(", ", ids.Take(Listed)) + (ids.Length > Listed ? ", …" : "."))
        };
    }

    private string? SuggestedId(string name)
    {
        int at = name.LastIndexOf(BeforeId, StringComparison.Ordinal);
        return at >= 0 && _byTitle.Value[name[..at].Trim()].Contains(name[(at + BeforeId.Length)..], StringComparer.Ordinal)
            ? name[(at + BeforeId.Length)..] : null;
    }
}
