namespace SpladeLucene.Tool.Indexing;

/// <summary>A document as a file has it: names and values, in the file's order, a name perhaps several times.</summary>
/// <param name="Place">The file and the line.</param>
/// <param name="Members">Its names and values.</param>
internal sealed record SourceDocument(string Place, IReadOnlyList<KeyValuePair<string, string>> Members)
{
    /// <summary>The first value of this name; null where there is none.</summary>
    public string? Value(string name) => Members.FirstOrDefault(member => member.Key == name).Value;
}
