using Lucene.Net.Index;

namespace SpladeLucene.Reindexing.Source;

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
    public override void StringField(FieldInfo fieldInfo, string value) => _values[fieldInfo.Name].Add(value);
}
