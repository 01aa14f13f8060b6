using Lucene.Net.Analysis;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Util;
using SpladeLucene.Explaining;

namespace SpladeLucene;

/// <summary>
/// One SPLADE field, said once: its name, its model, the fields its text comes from and how it is written. Whatever meets the
/// field, the analyzer, the field of a document, the indexer, the query and a migration, is made from here and so agrees.
/// Several sources are one text for the model: their values in order, a line feed between two. Immutable and thread-safe;
/// the encoder is the caller's to dispose.
/// </summary>
/// <example><code>
/// var splade = new SpladeFieldDefinition("body_splade", encoder) { Sources = ["title", "body"], Offsets = true };
/// </code></example>
public sealed class SpladeFieldDefinition
{
    // Where it is said, whether before or after the format.
    private readonly bool? _offsets;

    /// <summary>Makes a definition.</summary>
    /// <param name="name">The SPLADE field.</param>
    /// <param name="encoder">The model of its documents and its queries.</param>
    public SpladeFieldDefinition(string name, ISparseEncoder encoder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(encoder);
        (Name, Encoder) = (name, encoder);
    }

    /// <summary>The SPLADE field.</summary>
    public string Name { get; }

    /// <summary>The model.</summary>
    public ISparseEncoder Encoder { get; }

    /// <summary>
    /// The fields of a document whose texts are encoded, in this order. They are to be stored, so that matches can be traced
    /// to their words and the index can be migrated to another model.
    /// </summary>
    /// <exception cref="ArgumentException">There is none, one is blank, stands twice, or is the SPLADE field.</exception>
    public required IReadOnlyList<string> Sources
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            if (value.Count == 0) throw new ArgumentException("A SPLADE field has at least one source field.", nameof(value));
            foreach (string source in value) ArgumentException.ThrowIfNullOrWhiteSpace(source, nameof(value));
            if (value.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { Key: var twice })
                throw new ArgumentException($"The source field '{twice}' is named twice.", nameof(value));
            if (value.Contains(Name, StringComparer.Ordinal))
                throw new ArgumentException($"'{Name}' is the SPLADE field and no source of itself.", nameof(value));
            field = [.. value];
        }
    }

    /// <summary>How impacts are written. Default: <see cref="ImpactFormat.Default"/>.</summary>
    public ImpactFormat Format
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = _offsets is { } offsets ? value with { Offsets = offsets } : value;
        }
    } = ImpactFormat.Default;

    /// <summary>Whether matches can be traced to words, explained and highlighted: <see cref="ImpactFormat.Offsets"/> of
    /// <see cref="Format"/>, and goes before what that says. Default: no.</summary>
    public bool Offsets
    {
        get => Format.Offsets;
        init
        {
            _offsets = value;
            Format = Format with { Offsets = value };
        }
    }

    /// <summary>An analyzer for an <c>IndexWriter</c>: it encodes this field and leaves every other to
    /// <paramref name="others"/>. Wrap it once more for another SPLADE field.</summary>
    /// <param name="others">The analyzer of all other fields; the caller's to dispose.</param>
    public Analyzer CreateAnalyzer(Analyzer others)
    {
        ArgumentNullException.ThrowIfNull(others);
        return new OneField(Name, new SpladeAnalyzer(LuceneVersion.LUCENE_48, Encoder, Format), others);
    }

    /// <summary>The text of a document that is encoded: that of its <see cref="Sources"/>; null where it has none. A text that is
    /// indexed in one field and stored in another of the same name counts once.</summary>
    /// <exception cref="ArgumentException">A source isn't stored, and matches are to be traced to words; or its text is in a reader or
    /// a token stream.</exception>
    public string? TextOf(Document document)
    {
        ArgumentNullException.ThrowIfNull(document);
        IIndexableField[] values = [.. Sources.SelectMany(source => TextsOf(document, source))];
        if (Offsets && values.FirstOrDefault(value => !value.IndexableFieldType.IsStored) is { } missing)
        {
            throw new ArgumentException(
                $"The source field '{missing.Name}' isn't stored, so that matches couldn't be traced to its words: store it, "
                + $"or leave {nameof(Offsets)} out.", nameof(document));
        }

        return values.Length == 0 ? null : string.Join('\n', values.Select(SourceTexts.TextOf));
    }

    private static IEnumerable<IIndexableField> TextsOf(Document document, string source)
    {
        IIndexableField[] fields = document.GetFields(source);
        if (Array.Exists(fields, field => !SourceTexts.IsText(field) && !SourceTexts.IsNumberOrBytes(field)))
        {
            throw new ArgumentException(
                $"The source field '{source}' has its text in a reader or a token stream, which only the writer may read: give it as a string.",
                nameof(document));
        }

        IIndexableField[] texts = [.. fields.Where(SourceTexts.IsText)];
        HashSet<string> stored = [.. texts.Where(text => text.IndexableFieldType.IsStored).Select(SourceTexts.TextOf)];
        return texts.Where(text => text.IndexableFieldType.IsStored || !stored.Contains(SourceTexts.TextOf(text)));
    }

    /// <summary>
    /// Adds the SPLADE field to a document that has its source fields, to be encoded by <see cref="CreateAnalyzer"/>'s
    /// analyzer when a writer takes the document. What the document had in the SPLADE field goes, as one that is filled anew for each
    /// record has. A document without a text counts as one without a vector.
    /// </summary>
    /// <returns>The document itself.</returns>
    /// <exception cref="ArgumentException">As for <see cref="TextOf"/>.</exception>
    public Document AddTo(Document document)
    {
        string? text = TextOf(document);
        document.RemoveFields(Name);
        if (text is not null) document.Add(new Field(Name, text, SpladeField.TypeFor(Format)));
        return document;
    }

    /// <summary>The document with its text, for <see cref="CreateIndexer"/>. One without a text gets a vector without terms.</summary>
    /// <param name="document">A document that has its source fields.</param>
    /// <param name="key">Documents that have this term are replaced; null only adds.</param>
    /// <exception cref="ArgumentException">As for <see cref="TextOf"/>.</exception>
    public SpladeDocument ToIndex(Document document, Term? key = null) => new(document, TextOf(document) ?? "", key);

    /// <summary>An indexer that encodes in batches; the writer's analyzer doesn't matter to it.</summary>
    /// <param name="writer">Where documents go.</param>
    /// <param name="options">Batches and progress; the format is that of this definition.</param>
    public SpladeIndexer CreateIndexer(IndexWriter writer, SpladeIndexerOptions? options = null) =>
        new(writer, Encoder, Name, (options ?? new SpladeIndexerOptions()) with { Format = Format });

    /// <summary>A query for a text, as <see cref="SpladeQuery.Create"/> makes it.</summary>
    /// <param name="reader">The index to be searched.</param>
    /// <param name="text">The query in words.</param>
    /// <param name="options">Format and source fields are those of this definition.</param>
    public SpladeQuery CreateQuery(IndexReader reader, string text, SpladeQueryOptions? options = null) =>
        SpladeQuery.Create(reader, Name, text, Encoder, Completed(options));

    /// <summary>The same, with the model run by <see cref="ISparseEncoder.EncodeQueryAsync"/>.</summary>
    /// <inheritdoc cref="CreateQuery(IndexReader, string, SpladeQueryOptions?)"/>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<SpladeQuery> CreateQueryAsync(
        IndexReader reader, string text, SpladeQueryOptions? options = null, CancellationToken cancellationToken = default) =>
        SpladeQuery.CreateAsync(reader, Name, text, Encoder, Completed(options), cancellationToken);

    /// <summary>The same without a reader: it is encoded and checked when it is searched.</summary>
    /// <param name="text">The query in words.</param>
    /// <param name="options">Format and source fields are those of this definition.</param>
    public SpladeTextQuery CreateQuery(string text, SpladeQueryOptions? options = null) =>
        new(Name, text, Encoder, Completed(options));

    /// <summary>A query for documents that mean what one does, as <see cref="SpladeMoreLikeThis.Create"/> makes it. No model runs.</summary>
    /// <param name="reader">The index to be searched.</param>
    /// <param name="doc">A document of it, as in a <c>ScoreDoc</c>.</param>
    /// <param name="terms">How many terms are taken at most, the heaviest; 1 or more.</param>
    /// <param name="options">Format and source fields are those of this definition; the floor is by default the model's, and the document
    /// itself is among the best that it is a share of.</param>
    public SpladeQuery CreateMoreLikeThis(
        IndexReader reader, int doc, int terms = SpladeMoreLikeThis.DefaultTerms, SpladeQueryOptions? options = null)
    {
        SpladeQueryOptions completed = Completed(options);
        return SpladeMoreLikeThis.Make(reader, doc, Name,
            completed with { Floor = completed.Floor ?? ScoreFloor.OfModel(Encoder.FloorShare) }, terms, Encoder.FusionWeight);
    }

    private SpladeQueryOptions Completed(SpladeQueryOptions? options) =>
        (options ?? new SpladeQueryOptions()) with { Format = Format, SourceFields = Sources };

    private sealed class OneField(string name, Analyzer splade, Analyzer others) : AnalyzerWrapper(PER_FIELD_REUSE_STRATEGY)
    {
        protected override Analyzer GetWrappedAnalyzer(string fieldName) => fieldName == name ? splade : others;
    }
}
