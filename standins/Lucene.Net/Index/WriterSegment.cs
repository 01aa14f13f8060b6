using Lucene.Net.Search;
using Lucene.Net.Util;
using Directory = Lucene.Net.Store.Directory;

namespace Lucene.Net.Index;

// A segment in the hands of the writer: its documents, which of them are live, and what of that is on the disk.
internal sealed class WriterSegment
{
    private readonly SegmentCore _core;

    // Shared with readers, so replaced when a document is deleted. Null where all documents are live.
    private FixedBitSet? _live;
    private long _deletions;
    private bool _deletionsAreWritten = true;
    private bool _isWritten;

    internal WriterSegment(Segment segment)
    {
        _core = new SegmentCore(segment);
        LiveDocs = segment.MaxDoc;
    }

    internal int MaxDoc => _core.Segment.MaxDoc;

    internal int LiveDocs { get; private set; }

    internal bool HasDeletions => LiveDocs < MaxDoc;

    internal FieldInfos FieldInfos => _core.Segment.FieldInfos;

    internal SegmentSize Size => new(MaxDoc, LiveDocs);

    internal static WriterSegment Open(Directory directory, CommittedSegment committed)
    {
        var segment = new WriterSegment(IndexFiles.ReadSegment(directory, committed))
        {
            _live = IndexFiles.ReadLiveDocs(directory, committed),
            _deletions = committed.Deletions,
            _isWritten = true,
        };
        segment.LiveDocs = segment._live?.Cardinality ?? segment.MaxDoc;
        return segment;
    }

    internal static WriterSegment Copy(SegmentReader reader, string name)
    {
        return new WriterSegment(reader.Core.Segment.Renamed(name))
        {
            _live = reader.LiveBits,
            _deletionsAreWritten = reader.LiveBits is null,
            LiveDocs = reader.NumDocs,
        };
    }

    internal SegmentReader NewReader() => new(_core, _live);

    // One of the readers of before, if it shows the same documents.
    internal SegmentReader NewReader(IEnumerable<AtomicReader> before)
    {
        IEnumerable<SegmentReader> segments = before.OfType<SegmentReader>();
        SegmentReader? same = segments.FirstOrDefault(r => r.Core == _core && r.LiveBits == _live);
        return same is not null && same.TryIncRef() ? same : NewReader();
    }

    internal void Release() => _core.DecRef();

    // Deletes what the buffer asks for; of the segment that the buffer itself became, only what came before.
    internal bool Delete(DocumentBuffer buffer, bool isOfBuffer)
    {
        int before = LiveDocs;
        using SegmentReader reader = NewReader();
        FixedBitSet live = _live?.Clone() ?? FixedBitSet.AllSet(MaxDoc);
        foreach ((Term term, int limit) in buffer.DeletedTerms)
        {
            Clear(live, reader.Seek(term)?.Docs(null, null, DocsFlags.NONE), isOfBuffer ? limit : MaxDoc);
        }
        foreach ((Query query, int limit) in buffer.DeletedQueries)
        {
            DocIdSet? matches = new QueryWrapperFilter(query).GetDocIdSet(reader.AtomicContext, null);
            Clear(live, matches?.GetIterator(), isOfBuffer ? limit : MaxDoc);
        }
        if (isOfBuffer)
        {
            buffer.DeletedDocs.ForEach(live.Clear);
        }
        LiveDocs = live.Cardinality;
        if (LiveDocs < before)
        {
            _live = live;
            _deletionsAreWritten = false;
        }
        return LiveDocs < before;
    }

    internal CommittedSegment Write(Directory directory)
    {
        if (!_isWritten)
        {
            IndexFiles.WriteSegment(directory, _core.Segment);
            _isWritten = true;
        }
        if (!_deletionsAreWritten)
        {
            IndexFiles.WriteLiveDocs(directory, _core.Segment.Name, ++_deletions, _live!);
            _deletionsAreWritten = true;
        }
        return new CommittedSegment(_core.Segment.Name, _core.Segment.Id, _deletions);
    }

    private static void Clear(FixedBitSet live, DocIdSetIterator? matches, int limit)
    {
        for (int doc = matches?.NextDoc() ?? DocIdSetIterator.NO_MORE_DOCS; doc < limit; doc = matches!.NextDoc())
        {
            live.Clear(doc);
        }
    }
}
