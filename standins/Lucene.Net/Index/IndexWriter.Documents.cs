using Lucene.Net.Search;

namespace Lucene.Net.Index;

public partial class IndexWriter
{
    private const double BytesInMegabyte = 1024 * 1024;

    public virtual void AddDocument(IEnumerable<IIndexableField> doc) => AddDocuments([doc]);

    // All of them, next to each other, or none if one cannot be analyzed.
    public virtual void AddDocuments(IEnumerable<IEnumerable<IIndexableField>> docs) => Replace(null, docs);

    // In place of all documents that have the term.
    public virtual void UpdateDocument(Term term, IEnumerable<IIndexableField> doc) => Replace(term, [doc]);

    public virtual void DeleteDocuments(params Term[] terms)
    {
        lock (_gate)
        {
            EnsureOpen();
            Array.ForEach(terms, _buffer.Delete);
        }
    }

    public virtual void DeleteDocuments(params Query[] queries)
    {
        lock (_gate)
        {
            EnsureOpen();
            Array.ForEach(queries, _buffer.Delete);
        }
    }

    private void Replace(Term? replaced, IEnumerable<IEnumerable<IIndexableField>> documents)
    {
        EnsureOpen();
        List<InvertedDocument> inverted = Invert(documents);
        lock (_gate)
        {
            EnsureOpen();
            inverted.ForEach(CheckDocValues);
            if (replaced is not null)
            {
                _buffer.Delete(replaced);
            }
            inverted.ForEach(_buffer.Add);
            FlushIfFull();
        }
    }

    // A document that fails takes a number all the same, and with it those of its block before it.
    private List<InvertedDocument> Invert(IEnumerable<IEnumerable<IIndexableField>> documents)
    {
        var inverter = new DocumentInverter(_config.Analyzer, _config.Similarity);
        var inverted = new List<InvertedDocument>();
        int started = 0;
        try
        {
            foreach (IEnumerable<IIndexableField> document in documents)
            {
                started++;
                inverted.Add(inverter.Invert(document));
            }
            return inverted;
        }
        catch
        {
            lock (_gate)
            {
                _buffer.AddDeleted(started);
            }
            throw;
        }
    }

    private void CheckDocValues(InvertedDocument document)
    {
        foreach ((string field, DocValuesType type, _) in document.DocValues)
        {
            _knownFields.GetOrAdd(field).AddDocValues(type);
        }
    }

    private void FlushIfFull()
    {
        bool hasMany = _config.MaxBufferedDocs > 0 && _buffer.DocCount >= _config.MaxBufferedDocs;
        bool isLarge = _config.RAMBufferSizeMB > 0 && _buffer.SizeInBytes >= _config.RAMBufferSizeMB * BytesInMegabyte;
        if (hasMany || isLarge)
        {
            Flush();
            MaybeMerge();
        }
    }

    // Turns the buffer into a segment and carries out its deletions.
    private void Flush()
    {
        DocumentBuffer buffer = _buffer;
        if (buffer.DocCount == 0 && !buffer.HasDeletions)
        {
            return;
        }
        bool changed = buffer.DocCount > 0;
        if (buffer.HasDeletions)
        {
            _segments.ForEach(segment => changed |= segment.Delete(buffer, isOfBuffer: false));
        }
        if (buffer.DocCount > 0)
        {
            var flushed = new WriterSegment(buffer.Build(NextSegmentName()));
            flushed.Delete(buffer, isOfBuffer: true);
            AddSegment(flushed);
        }
        _buffer = new DocumentBuffer();
        DropEmptySegments();
        if (changed)
        {
            Changed();
        }
    }

    private void DropEmptySegments()
    {
        foreach (WriterSegment empty in _segments.FindAll(segment => segment.LiveDocs == 0))
        {
            _segments.Remove(empty);
            empty.Release();
        }
    }
}
