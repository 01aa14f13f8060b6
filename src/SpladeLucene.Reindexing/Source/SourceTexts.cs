using Lucene.Net.Index;

namespace SpladeLucene.Reindexing.Source;

/// <summary>Reads the texts of documents, one after the other. Owned by one thread.</summary>
internal sealed class SourceTexts(IReadOnlyList<ReindexMapping> mappings, Func<ReindexSource, string?>? textOf)
{
    private readonly TextVisitor _visitor = new(mappings);
    private readonly string?[] _texts = new string?[mappings.Count];

    /// <summary>The fields that any document read so far had a stored value of.</summary>
    public IReadOnlySet<string> Stored => _visitor.Stored;

    /// <summary>The text for each mapping, null where there is none; valid until the next document is read.</summary>
    /// <exception cref="ReindexDocumentException">It can't be read, or the caller's own source of texts failed.</exception>
    public ReadOnlySpan<string?> Read(SegmentReader segment, int document)
    {
        _visitor.Clear();
        try
        {
            segment.Document(document, _visitor);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            throw new ReindexDocumentException(segment.SegmentName, document, $"can't be read: {e.Message}", e);
        }

        for (int i = 0; i < _texts.Length; i++) _texts[i] = _visitor.TextFor(i) ?? Supplied(segment, document, mappings[i]);
        return _texts;
    }

    private string? Supplied(SegmentReader segment, int document, ReindexMapping mapping)
    {
        if (textOf is null) return null;
        try
        {
            return textOf(new ReindexSource(segment.Document(document), mapping, segment.SegmentName, document));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new ReindexDocumentException(
                segment.SegmentName, document, $"has no stored text, and supplying one failed: {e.Message}", e);
        }
    }
}
