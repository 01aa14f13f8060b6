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

    private readonly ImpactReader _reader;
    private readonly int _documents;
    private readonly int _windows;

    private readonly byte[] _text;
    private readonly int[] _textStarts;
    private readonly int[] _starts;
    private readonly ushort[] _ids;
    private readonly byte[] _impacts;

    private int _terms;
    private int _postings;

    private SegmentImpactsBuilder(ImpactReader reader, int documents, ImpactSize size)
    {
        Debug.Assert(size.Postings <= SegmentImpacts.MaxPostings, "One array takes all postings.");
        _reader = reader;
        _documents = documents;
        _windows = SegmentImpacts.WindowsOf(documents);
        _text = Column<byte>.NewArray(size.TextBytes);
        _textStarts = Column<int>.NewArray(size.Terms + 1L);
        _starts = Column<int>.NewArray(size.Slices + 1);
        _ids = Column<ushort>.NewArray(size.Postings + SegmentImpacts.Padding);
        _impacts = Column<byte>.NewArray(size.Postings + SegmentImpacts.Padding);
    }

    /// <param name="reader">The field in the segment.</param>
    /// <param name="documents">The segment's documents, deleted ones too.</param>
    /// <param name="size">What <see cref="ImpactSize.Of"/> said.</param>
    /// <param name="blocks">Whether block-max pruning is to be prepared for.</param>
    public static SegmentImpacts Build(ImpactReader reader, int documents, ImpactSize size, bool blocks)
    {
        var builder = new SegmentImpactsBuilder(reader, documents, size);
        builder.ReadTerms();
        SegmentImpacts windows = builder.Finish(null);
        return blocks ? builder.Finish(BlockIndexBuilder.Build(windows), windows.Terms) : windows;
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
            read = postings.Read(docs, impacts);
            for (int i = 0; i < read; i++)
            {
                int window = (_terms * _windows) + (docs[i] >> SegmentImpacts.WindowShift);
                while (slice < window) _starts[++slice] = _postings;
                // A document with a weight of nothing doesn't match.
                if (impacts[i] == 0) continue;
                _ids[_postings] = (ushort)docs[i];
                _impacts[_postings++] = impacts[i];
            }
        }
        while (read == Run);

        while (slice < (_terms + 1) * _windows) _starts[++slice] = _postings;
    }
}
