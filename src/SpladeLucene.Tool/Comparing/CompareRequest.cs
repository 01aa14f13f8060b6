namespace SpladeLucene.Tool.Comparing;

/// <summary>What was asked of <c>splade compare</c>.</summary>
/// <param name="Index">The index.</param>
/// <param name="Queries">A file of queries, or a collection's folder.</param>
/// <param name="Field">The SPLADE field.</param>
/// <param name="Words">The fields of words.</param>
/// <param name="Model">The model.</param>
internal sealed record CompareRequest(string Index, string Queries, string Field, IReadOnlyList<string> Words, string Model)
{
    /// <summary>The stored fields that were encoded.</summary>
    public IReadOnlyList<string> From { get; init; } = [];

    /// <summary>The judgements; null for those of the collection's folder, if it is one.</summary>
    public string? Qrels { get; init; }

    /// <summary>The stored field that judgements know documents by.</summary>
    public string Id { get; init; } = "id";

    /// <summary>The stored field that is shown of a hit; null for the first that has a text.</summary>
    public string? Show { get; init; }

    /// <summary>Where the report goes.</summary>
    public string Report { get; init; } = "compare.html";

    /// <summary>A folder for the runs; null for none.</summary>
    public string? Runs { get; init; }
}
