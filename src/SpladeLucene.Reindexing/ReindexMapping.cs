namespace SpladeLucene.Reindexing;

/// <summary>
/// Which stored text of a document is encoded into which new field. The values of all source fields, in the order of the
/// fields and, within one field, in the order in which they were stored, are joined by a line feed into one text, which
/// becomes one vector.
/// </summary>
public sealed record ReindexMapping
{
    private const string HashSuffix = ".sha256";

    /// <summary>Makes a mapping.</summary>
    /// <param name="sourceFields">
    /// The stored fields whose text is encoded, each once. Empty only where
    /// <see cref="ReindexOptions.TextOf"/> supplies every text.
    /// </param>
    /// <param name="targetField">The SPLADE field that is added; the source must not have it.</param>
    /// <exception cref="ArgumentException">A name is blank, or a source field is named twice.</exception>
    public ReindexMapping(IReadOnlyList<string> sourceFields, string targetField)
    {
        ArgumentNullException.ThrowIfNull(sourceFields);
        ArgumentException.ThrowIfNullOrWhiteSpace(targetField);
        foreach (string name in sourceFields) ArgumentException.ThrowIfNullOrWhiteSpace(name, nameof(sourceFields));
        if (sourceFields.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { Key: var twice })
            throw new ArgumentException($"The source field '{twice}' is named twice.", nameof(sourceFields));
        SourceFields = [.. sourceFields];
        TargetField = targetField;
    }

    /// <summary>Makes a mapping of one field.</summary>
    /// <param name="sourceField">The stored field whose text is encoded.</param>
    /// <param name="targetField">The SPLADE field that is added; the source must not have it.</param>
    public ReindexMapping(string sourceField, string targetField)
        : this([sourceField], targetField)
    {
    }

    /// <summary>Makes the mapping of a field's definition. Its format goes into <see cref="ReindexOptions"/>.</summary>
    public static ReindexMapping Of(SpladeFieldDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return new ReindexMapping(definition.Sources, definition.Name);
    }

    /// <summary>The stored fields whose text is encoded.</summary>
    public IReadOnlyList<string> SourceFields { get; }

    /// <summary>The SPLADE field that is added.</summary>
    public string TargetField { get; }

    /// <summary>
    /// The binary doc values field that is added beside it: the first 16 bytes of the SHA-256 of the text (as UTF-16,
    /// little-endian) that a document's vector was made of; no value where the document had no text. By it a later run
    /// finds the texts that haven't changed.
    /// </summary>
    public string HashField => TargetField + HashSuffix;

    /// <summary>Whether both encode the same fields into the same field.</summary>
    public bool Equals(ReindexMapping? other) =>
        other is not null && TargetField == other.TargetField
        && SourceFields.SequenceEqual(other.SourceFields, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(TargetField, SourceFields.Count);

    /// <summary>Such as <c>title + body -> body_splade</c>.</summary>
    public override string ToString() => $"{string.Join(" + ", SourceFields)} -> {TargetField}";
}
