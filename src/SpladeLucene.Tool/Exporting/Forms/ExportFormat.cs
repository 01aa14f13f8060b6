namespace SpladeLucene.Tool.Exporting.Forms;

/// <summary>A form in which vectors go to another engine; the names are those of <c>splade import</c> where it reads them.</summary>
/// <param name="Name">What it is asked for by.</param>
/// <param name="Description">What it is, in a few words.</param>
/// <param name="Weights">Which weights it has unless others are asked for.</param>
/// <param name="NewForm">Makes what writes one file.</param>
internal sealed record ExportFormat(string Name, string Description, ExportWeights Weights, Func<ExportTarget, VectorForm> NewForm)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<ExportFormat> All { get; } =
    [
        new("json", "an object a line, with the weights as they are", ExportWeights.Real, target => new PlainForm(target))
        {
            Fields = ["id", PlainForm.Vector], AsksForHits = false,
        },
        new("anserini", "a JsonVectorCollection, with impacts", ExportWeights.Whole, target => new AnseriniForm(target))
        {
            OnlyWhole = true, Fields = ["id", AnseriniForm.Contents, PlainForm.Vector], AsksForHits = false,
        },
        new("opensearch", "bulk lines with rank_features", ExportWeights.Whole, target => new OpenSearchForm(target)),
        new("elasticsearch", "bulk lines with a sparse_vector", ExportWeights.Whole, target => new ElasticsearchForm(target)),
        new("vespa", "a feed with a mapped tensor", ExportWeights.Whole, target => new VespaForm(target)) { HasName = true, OnlyIdentifiers = true },
        new("qdrant", "bodies that upsert points", ExportWeights.Whole, target => new QdrantForm(target)) { NumbersTerms = true, SkipsEmptyQueries = true },
        new("milvus", "bodies that insert rows", ExportWeights.Whole, target => new MilvusForm(target))
        {
            HasName = true, OnlyIdentifiers = true, NumbersTerms = true, SkipsEmptyQueries = true, SkipsEmptyDocuments = true,
        },
        new("pgvector", "SQL with a sparsevec", ExportWeights.Whole, target => new PgvectorForm(target)) { HasName = true, NumbersTerms = true },
        new("pgvector-copy", "the same with COPY, for psql", ExportWeights.Whole, target => new PgvectorCopyForm(target)) { HasName = true, NumbersTerms = true },
        new("tsv", "the id, and each term as often as its impact says", ExportWeights.Whole, target => new RepeatedForm(target))
        {
            OnlyWhole = true, HasFields = false, AsksForHits = false,
        },
    ];

    /// <summary>Whether it has no other than whole weights.</summary>
    public bool OnlyWhole { get; init; }

    /// <summary>Whether it knows terms by numbers.</summary>
    public bool NumbersTerms { get; init; }

    /// <summary>Whether it says what the index, the table or the collection is called.</summary>
    public bool HasName { get; init; }

    /// <summary>The fields that are made, where the vector's has a name of the format's own; null where the vector's can be
    /// named.</summary>
    public IReadOnlyList<string>? Fields { get; init; }

    /// <summary>Whether stored fields can go along.</summary>
    public bool HasFields { get; init; } = true;

    /// <summary>Whether a query says how many hits it asks for.</summary>
    public bool AsksForHits { get; init; } = true;

    /// <summary>Whether the field of vectors can be named.</summary>
    public bool NamesVector => HasFields && Fields is null;

    /// <summary>The fields that are made, which no other one can be called as.</summary>
    /// <param name="vector">What the field of vectors is called, where it can be named.</param>
    public IReadOnlyList<string> Made(string vector) => Fields ?? ["id", vector];

    /// <summary>Whether names there are of ASCII letters, digits and underscores, and begin with no digit.</summary>
    public bool OnlyIdentifiers { get; init; }

    /// <summary>Whether the engine takes no document without a term, so that it is left out.</summary>
    public bool SkipsEmptyDocuments { get; init; }

    /// <summary>The same of queries.</summary>
    public bool SkipsEmptyQueries { get; init; }
}

/// <summary>Which weights are written.</summary>
internal enum ExportWeights
{
    /// <summary>Impacts, 1 to 255, and queries scaled to them, so that a sum of products is the very score that it is here.</summary>
    Whole,

    /// <summary>Weights as the model has them.</summary>
    Real,
}
