namespace SpladeLucene.Tool.Importing;

/// <summary>What was asked of <c>splade import</c>.</summary>
/// <param name="Vectors">A file, or a folder of files.</param>
/// <param name="Index">The folder of the index that is made.</param>
/// <param name="Format">How the vectors are written.</param>
/// <param name="To">The SPLADE field.</param>
internal sealed record ImportRequest(string Vectors, string Index, VectorSource Format, string To)
{
    /// <summary>The stored field of a document's id.</summary>
    public const string IdField = "id";

    /// <summary>The stored field of its text, whose words are indexed too.</summary>
    public const string TextField = "text";

    /// <summary>The member that holds a vector, with dots where it lies deeper.</summary>
    public required string Member { get; init; }

    /// <summary>Members that are left out.</summary>
    public IReadOnlyList<string> Skipped { get; init; } = [];

    public required ImpactFormat Impacts { get; init; }

    /// <summary>Whether weights must be whole numbers.</summary>
    public bool WholeWeights { get; init; }

    /// <summary>Whether whole weights are the impacts of a range that was said, as an index has them that was exported.</summary>
    public bool ImpactsOfRange { get; init; }

    /// <summary>The model that made the vectors; null where it isn't here.</summary>
    public string? Model { get; init; }

    /// <summary>What vectors of a model that isn't here are called.</summary>
    public string Name { get; init; } = "imported";

    /// <summary>What vectors of that name are known by: of the model itself nothing is known.</summary>
    public ModelFingerprint FingerprintOfName()
    {
        string hash = ModelFingerprint.Hash(System.Text.Encoding.UTF8.GetBytes($"vectors called {Name}"));
        return new ModelFingerprint(Name, hash, hash, "unknown", 0, Pruning.None);
    }
}
