using Lucene.Net.Search;

namespace Lucene.Net.Index;

// The documents added since the last flush, and the deletions asked for since then. A deletion holds for the documents
// that were there when it was asked for: those of all segments, and as many of the buffer as it remembers.
internal sealed class DocumentBuffer
{
    // Rough sizes in memory, for the limit on the buffer.
    private const int BytesPerToken = 24;
    private const int BytesPerDocument = 100;

    private readonly SegmentBuilder _builder = new();

    internal int DocCount => _builder.DocCount;

    internal long SizeInBytes { get; private set; }

    internal Dictionary<Term, int> DeletedTerms { get; } = [];

    internal List<(Query Query, int Limit)> DeletedQueries { get; } = [];

    // Documents of the buffer that never were in the index.
    internal List<int> DeletedDocs { get; } = [];

    internal bool HasDeletions => DeletedTerms.Count > 0 || DeletedQueries.Count > 0;

    internal void Delete(Term term) => DeletedTerms[term] = DocCount;

    internal void Delete(Query query) => DeletedQueries.Add((query, DocCount));

    internal void Add(InvertedDocument document)
    {
        int doc = DocCount;
        SizeInBytes += BytesPerDocument;
        document.Names.ForEach(name => _builder.FieldInfos.GetOrAdd(name));
        document.Fields.ForEach(inverted => AddIndexed(inverted, doc));
        AddVectors(document, doc);
        foreach ((string field, DocValuesType type, object value) in document.DocValues)
        {
            _builder.FieldInfos.GetOrAdd(field).AddDocValues(type);
            _builder.AddDocValue(field, doc, value);
        }
        _builder.AddStored(Record(document));
    }

    internal void AddDeleted(int count)
    {
        for (; count > 0; count--)
        {
            DeletedDocs.Add(DocCount);
            Add(new InvertedDocument());
        }
    }

    internal Segment Build(string name) => _builder.Build(name);

    private void AddIndexed(InvertedField inverted, int doc)
    {
        FieldInfo info = _builder.FieldInfos.GetOrAdd(inverted.Name);
        info.AddIndexing(inverted.Options, inverted.OmitNorms);
        if (inverted.Tokens.HasPayloads)
        {
            info.AddPayloads();
        }
        if (!inverted.OmitNorms)
        {
            _builder.AddNorm(inverted.Name, doc, inverted.Norm);
        }
        inverted.Tokens.AddTo(_builder.Terms(inverted.Name), doc, inverted.Recorded);
        SizeInBytes += BytesPerToken * inverted.Tokens.Count;
    }

    private void AddVectors(InvertedDocument document, int doc)
    {
        var vectors = new SegmentFields();
        foreach (InvertedField inverted in document.Fields.Where(f => f.VectorContent.HasValue && f.Tokens.Count > 0))
        {
            vectors.Add(inverted.Name, inverted.BuildVector());
            _builder.FieldInfos.GetOrAdd(inverted.Name).HasVectors = true;
        }
        if (vectors.Count > 0)
        {
            _builder.AddVectors(doc, vectors);
        }
    }

    private byte[] Record(InvertedDocument document)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        foreach ((string field, object value) in document.Stored)
        {
            StoredRecord.Write(writer, _builder.FieldInfos.GetOrAdd(field).Number, value);
        }
        SizeInBytes += stream.Length;
        return stream.ToArray();
    }
}
