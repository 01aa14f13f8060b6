using Lucene.Net.Util;

namespace Lucene.Net.Index;

// A walk over the documents of a term and, where the index has them, its occurrences in each.
internal sealed class PostingsEnum(TermPostings postings, IBits? liveDocs) : DocsAndPositionsEnum
{
    private readonly int[] _docs = postings.Docs;
    private int _doc = -1;
    private int _index = -1;

    // The occurrences before _read have been given out, those before _nextDocStart belong to this document or earlier.
    private int _read;
    private int _nextDocStart;

    public override int DocID => _doc;

    public override int Freq => postings.Freq(_index);

    public override int StartOffset => postings.Offsets is null ? -1 : postings.Offsets[2 * (_read - 1)];

    public override int EndOffset => postings.Offsets is null ? -1 : postings.Offsets[(2 * _read) - 1];

    public override int NextDoc()
    {
        do
        {
            if (++_index >= _docs.Length)
            {
                return _doc = NO_MORE_DOCS;
            }
            _read = _nextDocStart;
            _nextDocStart += postings.Freq(_index);
            _doc = _docs[_index];
        }
        while (liveDocs is not null && !liveDocs.Get(_doc));
        return _doc;
    }

    public override int Advance(int target)
    {
        int next = FirstAtOrAfter(target);
        for (int i = _index + 1; i < next; i++)
        {
            _nextDocStart += postings.Freq(i);
        }
        _index = next - 1;
        return NextDoc();
    }

    public override long GetCost() => _docs.Length;

    // Term vectors may have offsets and no positions.
    public override int NextPosition()
    {
        _read++;
        return postings.Positions is null ? -1 : postings.Positions[_read - 1];
    }

    public override BytesRef GetPayload()
    {
        if (postings.Payloads is not { } payloads)
        {
            return null;
        }
        (int start, int length) = payloads.Range(_read - 1);
        return length == 0 ? null : new BytesRef(payloads.Bytes, start, length);
    }

    // Gallops: doubles the step until it is past the target, then searches within the last step.
    private int FirstAtOrAfter(int target)
    {
        int low = _index + 1;
        int step = 1;
        while (low + step < _docs.Length && _docs[low + step] < target)
        {
            low += step;
            step *= 2;
        }
        int length = Math.Max(0, Math.Min(step + 1, _docs.Length - low));
        int found = Array.BinarySearch(_docs, low, length, target);
        return found < 0 ? ~found : found;
    }
}
