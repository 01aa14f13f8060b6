namespace SpladeLucene.Tool.Indexing;

/// <summary>What was asked of <c>splade index</c>.</summary>
/// <param name="Source">A file or a folder.</param>
/// <param name="Index">The folder of the index that is made.</param>
/// <param name="Model">The model.</param>
/// <param name="To">The SPLADE field.</param>
internal sealed record IndexRequest(string Source, string Index, string Model, string To)
{
    /// <summary>The fields that are encoded; none for <c>title</c> and <c>text</c>.</summary>
    public IReadOnlyList<string> From { get; init; } = [];

    /// <summary>The member of a document's id; null for the first of the usual names.</summary>
    public string? Id { get; init; }

    /// <summary>Members that are left out.</summary>
    public IReadOnlyList<string> Skipped { get; init; } = [];

    /// <summary>How impacts are written.</summary>
    public ImpactFormat Format { get; init; } = ImpactFormat.Default with { Offsets = true };
}
