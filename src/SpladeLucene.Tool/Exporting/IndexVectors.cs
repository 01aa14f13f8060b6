using Lucene.Net.Index;
using Lucene.Net.Util;
using SpladeLucene.Postings;

namespace SpladeLucene.Tool.Exporting;

/// <summary>
/// A segment's vectors, document by document, out of postings that lie term by term. As many documents at a time as have about
/// <paramref name="budget"/> postings: a walk over the vocabulary each, and 14 bytes a posting. Not thread-safe.
/// </summary>
/// <param name="reader">The segment.</param>
/// <param name="field">The SPLADE field.</param>
/// <param name="budget">How many postings are held.</param>
internal sealed class IndexVectors(AtomicReader reader, string field, int budget = IndexVectors.UsualBudget)
{
    private const int UsualBudget = 1 << 22;

    private readonly List<string?> _terms = [];

    // A window's postings as they are read, and where those of each document begin once they are sorted.
    private int[] _docs = [], _entries = [], _sorted = [], _starts = [];
    private byte[] _impacts = [], _sortedImpacts = [];
    private int _count;

    /// <summary>What is made of each live document, in the order of the index; those without a vector included.</summary>
    /// <param name="make">Makes it of the document's number in the segment and its terms with their impacts, 1 to 255, which
    /// are lent for the call.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="InvalidOperationException">The field holds no impacts.</exception>
    public IEnumerable<T> Documents<T>(Func<int, IReadOnlyList<(string Term, byte Impact)>, T> make, CancellationToken cancellation)
    {
        ImpactReader? impacts = ImpactReader.Open(reader, field);
        IBits? live = reader.LiveDocs;
        int width = WindowOf(reader);
        var terms = new List<(string, byte)>();
        for (int start = 0; start < reader.MaxDoc; start += width)
        {
            int end = Math.Min(reader.MaxDoc, start + width);
            _count = 0;
            if (impacts is not null) Read(impacts, live, start, end, cancellation);
            Sort(start, end);
            for (int doc = start; doc < end; doc++)
            {
                cancellation.ThrowIfCancellationRequested();
                if (live?.Get(doc) == false) continue;
                terms.Clear();
                for (int i = _starts[doc - start]; i < _starts[doc - start + 1]; i++) terms.Add((_terms[_sorted[i]]!, _sortedImpacts[i]));
                yield return make(doc, terms);
            }
        }
    }

    private int WindowOf(AtomicReader segment)
    {
        long postings = Math.Max(1, segment.GetSumDocFreq(field));
        return (int)Math.Clamp((double)budget * segment.MaxDoc / postings, 1, Math.Max(1, segment.MaxDoc));
    }

    private void Read(ImpactReader impacts, IBits? live, int start, int end, CancellationToken cancellation)
    {
        TermsEnum terms = impacts.Terms();
        for (int entry = 0; terms.MoveNext(); entry++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (entry == _terms.Count) _terms.Add(SpladeFingerprint.IsReserved(terms.Term) ? null : terms.Term.Utf8ToString());
            if (_terms[entry] is null) continue;
            ImpactPostings postings = impacts.NextPostings(terms);
            for (int doc = start == 0 ? postings.NextDoc() : postings.Advance(start); doc < end; doc = postings.NextDoc())
            {
                if (live?.Get(doc) == false) continue;
                int impact = postings.ReadImpact();
                if (impact > 0) Add(doc - start, entry, (byte)impact);
            }
        }
    }

    private void Add(int doc, int entry, byte impact)
    {
        if (_count == _docs.Length)
        {
            int room = Math.Max(1024, _count * 2);
            Array.Resize(ref _docs, room);
            Array.Resize(ref _entries, room);
            Array.Resize(ref _impacts, room);
        }

        (_docs[_count], _entries[_count], _impacts[_count]) = (doc, entry, impact);
        _count++;
    }

    // By counting: terms stay in their order.
    private void Sort(int start, int end)
    {
        if (_sorted.Length < _count) (_sorted, _sortedImpacts) = (new int[_docs.Length], new byte[_docs.Length]);
        _starts = new int[end - start + 2];
        for (int i = 0; i < _count; i++) _starts[_docs[i] + 2]++;
        for (int i = 2; i < _starts.Length; i++) _starts[i] += _starts[i - 1];
        for (int i = 0; i < _count; i++)
        {
            int at = _starts[_docs[i] + 1]++;
            (_sorted[at], _sortedImpacts[at]) = (_entries[i], _impacts[i]);
        }
    }
}
