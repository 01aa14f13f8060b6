namespace SpladeLucene.Tool.Importing;

/// <summary>A form in which vectors come; the names are those of <c>splade export</c>.</summary>
/// <param name="Name">What it is asked for by.</param>
/// <param name="Description">What it is, in a few words.</param>
/// <param name="Member">The member that holds the vector unless another is named; empty where there are no members.</param>
/// <param name="WholeWeights">Whether weights are impacts already, unless something else is said.</param>
/// <param name="NewParser">Makes the parser of one file.</param>
internal sealed record VectorSource(
    string Name, string Description, string Member, bool WholeWeights, Func<ImportRequest, VectorParser> NewParser)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<VectorSource> All { get; } =
    [
        new("json", "an object a line with id, text and vector", "vector", WholeWeights: false, request => new ObjectParser(request)),
        new("anserini", "a JsonVectorCollection, with impacts", "vector", WholeWeights: true, request => new ObjectParser(request)),
        new("opensearch", "bulk lines, or hits with _id and _source", "splade", WholeWeights: false, request => new BulkParser(request)),
        new("elasticsearch", "the same", "splade", WholeWeights: false, request => new BulkParser(request)),
        new("tsv", "the id, and each term as often as its impact says", "", WholeWeights: true, _ => new RepeatedParser()),
    ];
}

/// <summary>Makes documents of the lines of one file, in their order.</summary>
internal abstract class VectorParser
{
    /// <summary>The document that ends with this line; null where one only begins.</summary>
    /// <exception cref="FormatException">The line is not what it should be.</exception>
    public abstract ImportedDocument? Parse(string line);

    /// <summary>Whether a document has begun and not ended.</summary>
    public virtual bool IsWaiting => false;

    /// <summary>The members that were left out as was asked for.</summary>
    public ISet<string> Left { get; } = new HashSet<string>(StringComparer.Ordinal);
}

/// <summary>A document as it came.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Texts">The values of its text; none where it has none.</param>
/// <param name="Others">What else it says, to be stored.</param>
/// <param name="Vector">Its vector.</param>
internal sealed record ImportedDocument(
    string Id, IReadOnlyList<string> Texts, IReadOnlyList<KeyValuePair<string, string>> Others, SparseVector Vector);
