using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Util;
using SpladeLucene.Indexing;
using SpladeLucene.Reindexing.Source;
using SpladeLucene.Reindexing.State;
using SpladeLucene.Reindexing.Vectors;
using Directory = Lucene.Net.Store.Directory;

namespace SpladeLucene.Reindexing.Running;

/// <summary>
/// Writes the new fields of one segment's documents, in their order, deleted ones as empty documents. Owned by one thread.
/// </summary>
internal sealed class ParallelSegmentWriter : IDisposable
{
    private readonly Directory _directory;
    private readonly IndexWriter _writer;
    private readonly VectorLog.Reader _vectors;
    private readonly ImpactTokens _tokens;
    private readonly SpladeTokenStream[] _streams;
    private readonly Field[] _fields;
    private readonly string[] _hashFields;
    private bool _finished;

    /// <param name="folder">Where to; what is there is removed.</param>
    /// <param name="mappings">The fields.</param>
    /// <param name="options">How they are written.</param>
    /// <param name="tokens">What a vector becomes.</param>
    /// <param name="vectors">Where vectors come from.</param>
    public ParallelSegmentWriter(
        string folder, IReadOnlyList<ReindexMapping> mappings, ReindexOptions options,
        ImpactTokens tokens, VectorLog.Reader vectors)
    {
        WorkingFolder.Remove(folder);
        _directory = IndexFolder.Open(folder);
        _writer = new IndexWriter(_directory, WriterSettings.ForPieces(options.BufferMegabytes));
        _vectors = vectors;
        _tokens = tokens;
        FieldType type = SpladeField.TypeFor(options.Format);
        // A document has one value of the field, so the length of its text, where the next would begin, doesn't matter.
        _streams = [.. mappings.Select(_ => new SpladeTokenStream([], 0))];
        _fields = [.. mappings.Select((mapping, i) => new Field(mapping.TargetField, _streams[i], type))];
        _hashFields = [.. mappings.Select(mapping => mapping.HashField)];
    }

    /// <summary>Adds a document.</summary>
    /// <param name="places">Where its vector for each mapping stands in the log; 0 for none.</param>
    public void Add(ReadOnlySpan<long> places)
    {
        var document = new Document();
        for (int i = 0; i < places.Length; i++)
        {
            if (places[i] == 0) continue;
            _streams[i].Show(_tokens.Of(_vectors.Read(places[i])));
            document.Add(_fields[i]);
            document.Add(new BinaryDocValuesField(_hashFields[i], new BytesRef(_vectors.Hash.ToBytes())));
        }

        _writer.AddDocument(document);
    }

    /// <summary>Commits.</summary>
    public void Finish()
    {
        // A writer that can't be disposed, as on a full disk, is still open and holds its lock.
        _writer.Dispose();
        _finished = true;
    }

    public void Dispose()
    {
        if (!_finished) _writer.Rollback();
        _directory.Dispose();
    }
}
