using Lucene.Net.Util;

namespace Lucene.Net.Index;

// A reader's place in the tree of readers below a top reader.
public abstract class IndexReaderContext
{
    private protected IndexReaderContext(bool isTopLevel)
    {
        IsTopLevel = isTopLevel;
    }

    public bool IsTopLevel { get; }

    public abstract IndexReader Reader { get; }

    public abstract IList<AtomicReaderContext> Leaves { get; }
}

public sealed class AtomicReaderContext : IndexReaderContext
{
    private readonly AtomicReader _reader;

    internal AtomicReaderContext(AtomicReader reader) : base(isTopLevel: true)
    {
        _reader = reader;
    }

    internal AtomicReaderContext(AtomicReader reader, int ord, int docBase) : base(isTopLevel: false)
    {
        _reader = reader;
        Ord = ord;
        DocBase = docBase;
    }

    // Which of the leaves this is, and the number of its first document, seen from the top.
    public int Ord { get; }

    public int DocBase { get; }

    public AtomicReader AtomicReader => _reader;

    public override IndexReader Reader => _reader;

    public override IList<AtomicReaderContext> Leaves =>
        IsTopLevel ? [this] : throw Refusals.Unsupported("Only a top reader has leaves.");
}

public sealed class CompositeReaderContext : IndexReaderContext
{
    private readonly CompositeReader _reader;
    private readonly List<AtomicReaderContext> _leaves;

    internal CompositeReaderContext(CompositeReader reader) : base(isTopLevel: true)
    {
        _reader = reader;
        _leaves = [];
        AddLeaves(reader, 0);
    }

    public override IndexReader Reader => _reader;

    public override IList<AtomicReaderContext> Leaves => _leaves;

    private void AddLeaves(CompositeReader parent, int docBase)
    {
        foreach (IndexReader reader in parent.GetSequentialSubReaders())
        {
            if (reader is AtomicReader leaf)
            {
                _leaves.Add(new AtomicReaderContext(leaf, _leaves.Count, docBase));
            }
            else
            {
                AddLeaves((CompositeReader)reader, docBase);
            }
            docBase += reader.MaxDoc;
        }
    }
}
