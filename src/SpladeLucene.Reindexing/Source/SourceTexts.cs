using Lucene.Net.Index;

namespace SpladeLucene.Reindexing.Source;

/// <summary>Reads the texts of documents, one after the other. Owned by one thread.</summary>
internal sealed class SourceTexts(IReadOnlyList<ReindexMapping> mappings, Func<ReindexSource, string?>? textOf)
{
    private readonly TextVisitor _visitor = new(mappings);
    private readonly string?[] _texts = new string?[mappings.Count];

    /// <summary>The fields that any document read so far had a stored value of.</summary>
    public IReadOnlySet<string> Stored => _visitor.Stored;

    /// <summary>Those of the mappings' fields that any document read so far had a stored text of.</summary>
    public IReadOnlySet<string> WithText => _visitor.WithText;

    /// <summary>The text for each mapping, null where there is none; valid until the next document is read.</summary>
    /// <param name="segment">The document's segment.</param>
    /// <param name="document">Its number there.</param>
    /// <param name="cancellation">Tells the caller's own end of the work from what its source of texts gave up.</param>
    /// <exception cref="ReindexDocumentException">It can't be read, or the caller's own source of texts failed.</exception>
    public ReadOnlySpan<string?> Read(SegmentReader segment, int document, CancellationToken cancellation)
    {
        _visitor.Clear();
        try
        {
            segment.Document(document, _visitor);
        }
        catch (Exception e) when (Integrity.IsDamage(e))
        {
            throw new ReindexDocumentException(segment.SegmentName, document, $"can't be read: {Integrity.Reason(e)}.", e);
        }

        for (int i = 0; i < _texts.Length; i++)
            _texts[i] = _visitor.TextFor(i) ?? Supplied(segment, document, mappings[i], cancellation);
        return _texts;
    }

    private string? Supplied(SegmentReader segment, int document, ReindexMapping mapping, CancellationToken cancellation)
    {
        if (textOf is null) return null;
        try
        {
            return textOf(new ReindexSource(segment.Document(document), mapping, segment.SegmentName, document));
        }
        // A service's time limit, say, is a cancellation that nobody asked for.
        catch (Exception e) when (e is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            throw new ReindexDocumentException(
                segment.SegmentName, document, $"has no stored text, and supplying one failed: {e.Message}", e);
        }
    }
}

/// <summary>Takes the stored texts that the mappings want out of a document. Owned by one thread.</summary>
internal sealed class TextVisitor : StoredFieldVisitor
{
    private readonly IReadOnlyList<ReindexMapping> _mappings;
    private readonly Dictionary<string, List<string>> _values = new(StringComparer.Ordinal);

    public TextVisitor(IReadOnlyList<ReindexMapping> mappings)
    {
        _mappings = mappings;
        foreach (string name in mappings.SelectMany(mapping => mapping.SourceFields)) _values[name] = [];
    }

    /// <summary>The fields that any document had a stored value of.</summary>
    public HashSet<string> Stored { get; } = new(StringComparer.Ordinal);

    /// <summary>The mappings' fields that any document had a stored text of.</summary>
    public HashSet<string> WithText { get; } = new(StringComparer.Ordinal);

    /// <summary>Forgets the document before.</summary>
    public void Clear()
    {
        foreach (List<string> values in _values.Values) values.Clear();
    }

    /// <summary>The text for a mapping; null where the document has no value of its fields.</summary>
    public string? TextFor(int mapping)
    {
        IReadOnlyList<string> fields = _mappings[mapping].SourceFields;
        if (fields.Count == 1 && _values[fields[0]] is [string only]) return only;
        string[] values = [.. fields.SelectMany(name => _values[name])];
        return values.Length == 0 ? null : string.Join('\n', values);
    }

    public override Status NeedsField(FieldInfo fieldInfo)
    {
        Stored.Add(fieldInfo.Name);
        return _values.ContainsKey(fieldInfo.Name) ? Status.YES : Status.NO;
    }

    // Numbers and bytes are no text.
    public override void StringField(FieldInfo fieldInfo, string value)
    {
        WithText.Add(fieldInfo.Name);
        _values[fieldInfo.Name].Add(value);
    }
}
