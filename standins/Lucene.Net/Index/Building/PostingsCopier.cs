using Lucene.Net.Search;
using Lucene.Net.Util;

namespace Lucene.Net.Index;

// Adds the postings of a reader's field to those of the segment to be, under the new numbers of the documents.
internal sealed class PostingsCopier(TermsBuilder target, Recorded recorded, int[] newDocs)
{
    private readonly FixedBitSet _seen = new(newDocs.Length);
    private readonly bool _hasPositions = (recorded & (Recorded.Positions | Recorded.Offsets)) != 0;

    internal void Copy(Terms source)
    {
        TermsEnum terms = source.GetEnumerator();
        while (terms.MoveNext())
        {
            CopyTerm(terms);
        }
        target.CountDocuments(_seen.Cardinality);
    }

    private void CopyTerm(TermsEnum terms)
    {
        var positions = _hasPositions ? terms.DocsAndPositions(null, null) : null;
        DocsEnum docs = positions ?? terms.Docs(null, null);
        PostingsBuilder? postings = null;
        for (int doc = docs.NextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = docs.NextDoc())
        {
            if (newDocs[doc] < 0)
            {
                continue;
            }
            _seen.Set(doc);
            postings ??= target.Term(terms.Term.Span.ToArray());
            postings.AddDocument(newDocs[doc], recorded.HasFlag(Recorded.Freqs) ? docs.Freq : 1);
            if (positions is not null)
            {
                CopyOccurrences(positions, postings);
            }
        }
    }

    private void CopyOccurrences(DocsAndPositionsEnum source, PostingsBuilder postings)
    {
        int freq = source.Freq;
        for (int i = 0; i < freq; i++)
        {
            int position = source.NextPosition();
            if (recorded.HasFlag(Recorded.Positions))
            {
                BytesRef? payload = source.GetPayload();
                postings.AddPosition(position, payload is null ? [] : payload.Span);
            }
            if (recorded.HasFlag(Recorded.Offsets))
            {
                postings.AddOffsets(source.StartOffset, source.EndOffset);
            }
        }
    }
}
