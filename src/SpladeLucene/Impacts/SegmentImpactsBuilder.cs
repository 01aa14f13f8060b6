using System.Diagnostics;
using Lucene.Net.Index;
using Lucene.Net.Util;
using SpladeLucene.Postings;

namespace SpladeLucene.Impacts;

/// <summary>Reads a segment's impacts out of Lucene's postings, once, term after term.</summary>
internal sealed class SegmentImpactsBuilder
{
    // Postings are read in runs, so that a virtual call is paid once a run.
    private const int Run = 1024;

    // How many are held before they go to a sink.
    private const int Held = 1 << 18;

    private readonly ImpactReader _reader;
    private readonly int _documents;
    private readonly int _windows;

    private readonly byte[] _text;
    private readonly int[] _textStarts;
    private readonly int[] _starts;
    private readonly ushort[] _ids;
    private readonly byte[] _impacts;
    private readonly IPostingsSink? _sink;

    private int _terms;
    private int _postings;

    // The postings before these went to the sink.
    private int _taken;

    private SegmentImpactsBuilder(ImpactReader reader, int documents, ImpactSize size, IPostingsSink? sink, long held)
    {
        _sink = sink;
        Debug.Assert(size.Postings <= SegmentImpacts.MaxPostings, "One array takes all postings.");
        _reader = reader;
        _documents = documents;
        _windows = SegmentImpacts.WindowsOf(documents);
        _text = Column<byte>.NewArray(size.TextBytes);
        _textStarts = Column<int>.NewArray(size.Terms + 1L);
        _starts = Column<int>.NewArray(size.Slices + 1);
        _ids = Column<ushort>.NewArray(held);
        _impacts = Column<byte>.NewArray(held);
    }

    /// <param name="reader">The field in the segment.</param>
    /// <param name="documents">The segment's documents, deleted ones too.</param>
    /// <param name="size">What <see cref="ImpactSize.Of"/> said.</param>
    /// <param name="blocks">Whether block-max pruning is to be prepared for.</param>
    public static SegmentImpacts Build(ImpactReader reader, int documents, ImpactSize size, bool blocks)
    {
        var builder = new SegmentImpactsBuilder(reader, documents, size, null, size.Postings + SegmentImpacts.Padding);
        builder.ReadTerms();
        SegmentImpacts windows = builder.Finish(null);
        return blocks ? builder.Finish(BlockIndexBuilder.Build(windows), windows.Terms) : windows;
    }

    /// <summary>The same, but the postings go to a sink and aren't held.</summary>
    /// <returns>The terms, and where their slices begin among the postings.</returns>
    public static (TermTable Terms, Column<int> Starts) Stream(
        ImpactReader reader, int documents, ImpactSize size, IPostingsSink sink)
    {
        var builder = new SegmentImpactsBuilder(reader, documents, size, sink, Held);
        builder.ReadTerms();
        builder.Flush();
        return (new TermTable(new Column<byte>(builder._text), new Column<int>(builder._textStarts)),
            new Column<int>(builder._starts));
    }

    private SegmentImpacts Finish(BlockIndex? blocks, TermTable? terms = null) => new(
        _documents, terms ?? new TermTable(new Column<byte>(_text), new Column<int>(_textStarts)),
        new Column<int>(_starts), new Column<ushort>(_ids), new Column<byte>(_impacts), blocks);

    private void ReadTerms()
    {
        TermsEnum terms = _reader.Terms();
        while (terms.MoveNext())
        {
            BytesRef term = terms.Term;
            if (SpladeFingerprint.IsReserved(term)) continue;
            term.Bytes.AsSpan(term.Offset, term.Length).CopyTo(_text.AsSpan(_textStarts[_terms]));
            _textStarts[_terms + 1] = _textStarts[_terms] + term.Length;
            ReadPostings(_reader.NextPostings(terms));
            _terms++;
        }
    }

    private void ReadPostings(ImpactPostings postings)
    {
        Span<int> docs = stackalloc int[Run];
        Span<byte> impacts = stackalloc byte[Run];
        int slice = _terms * _windows;
        int read;
        do
        {
            if (_sink is not null && _postings - _taken > Held - Run) Flush();
            read = postings.Read(docs, impacts);
            for (int i = 0; i < read; i++)
            {
                int window = (_terms * _windows) + (docs[i] >> SegmentImpacts.WindowShift);
                while (slice < window) _starts[++slice] = _postings;
                // A document with a weight of nothing doesn't match.
                if (impacts[i] == 0) continue;
                int place = _postings++ - _taken;
                _ids[place] = (ushort)docs[i];
                _impacts[place] = impacts[i];
            }
        }
        while (read == Run);

        while (slice < (_terms + 1) * _windows) _starts[++slice] = _postings;
    }

    private void Flush()
    {
        int held = _postings - _taken;
        _sink!.Take(_ids.AsSpan(0, held), _impacts.AsSpan(0, held));
        _taken = _postings;
    }
}

/// <summary>Takes postings as they are read: slice after slice.</summary>
internal interface IPostingsSink
{
    /// <param name="ids">Local ids.</param>
    /// <param name="impacts">Impacts, parallel to them.</param>
    void Take(ReadOnlySpan<ushort> ids, ReadOnlySpan<byte> impacts);
}
