using SpladeLucene.Tool.Exporting.Forms;
using SpladeLucene.Tool.Indexing;

namespace SpladeLucene.Tool.Exporting;

/// <summary>What was asked of <c>splade export</c>.</summary>
/// <param name="Source">An index, a collection's folder, or a file of texts.</param>
/// <param name="Format">How vectors are written.</param>
internal sealed record ExportRequest(string Source, ExportFormat Format)
{
    /// <summary>The SPLADE field of an index; null for its only one.</summary>
    public string? Field { get; init; }

    /// <summary>The stored field of a document's id; null for <c>id</c>, or of texts for the first of the usual names.</summary>
    public string? Id { get; init; }

    /// <summary>Stored fields that go along.</summary>
    public IReadOnlyList<string> With { get; init; } = [];

    /// <summary>The members of a text that are encoded; none for title and text.</summary>
    public IReadOnlyList<string> From { get; init; } = [];

    /// <summary>What goes along with a text: the text that was encoded first.</summary>
    public IReadOnlyList<string> FieldsOfTexts => [TextSource.TextMember, .. With.Where(name => name != TextSource.TextMember)];

    /// <summary>Which weights are written.</summary>
    public ExportWeights Weights { get; init; }

    /// <summary>The model of texts and queries; null where there are none.</summary>
    public string? Model { get; init; }

    /// <summary>A folder with a table that weighs queries in the place of a model; null for none.</summary>
    public string? Table { get; init; }

    /// <summary>Whether queries are written instead of documents.</summary>
    public bool AreQueries { get; init; }

    /// <summary>A file of queries, or a collection's folder; null for the source's own.</summary>
    public string? Queries { get; init; }

    /// <summary>What things are called in the other engine.</summary>
    public ExportTarget Target { get; init; } = new("documents", "splade", 10);

    /// <summary>A list of terms that numbers them; null for none.</summary>
    public string? Vocabulary { get; init; }

    /// <summary>Where to; null for stdout.</summary>
    public string? To { get; init; }

    /// <summary>Sees that what was asked means something to the source; returns whether that is an index.</summary>
    /// <exception cref="FileNotFoundException">The source is missing.</exception>
    /// <exception cref="InvalidDataException">An option means nothing to it, or one is missing.</exception>
    public bool RequireSource()
    {
        if (!File.Exists(Source) && !Directory.Exists(Source)) throw new FileNotFoundException($"There is no file or folder '{Source}'.");
        if (!ExportPlaces.IsIndex(Source))
        {
            if (Model is null) throw new InvalidDataException($"'{Source}' is no index: --model names the model that encodes its texts.");
            if (Field is not null) throw new InvalidDataException($"'{Source}' is no index, and has no field for --field.");
            return false;
        }

        if (From.Count > 0) throw new InvalidDataException($"'{Source}' is an index, whose vectors are there already: --from is for texts.");
        if (Model is not null && !AreQueries) throw new InvalidDataException($"'{Source}' is an index, whose vectors are there already: --model is for texts and for --queries.");
        if (Id is not null && AreQueries) throw new InvalidDataException("--id is for documents, and --queries writes none.");
        return true;
    }
}
