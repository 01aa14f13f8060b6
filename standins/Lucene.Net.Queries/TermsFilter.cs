using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;

namespace Lucene.Net.Queries;

// The documents that have one of the terms.
public sealed class TermsFilter : Filter
{
    private readonly Term[] _terms;

    public TermsFilter(IList<Term> terms)
    {
        _terms = [.. terms.Distinct().Order()];
        if (_terms.Length == 0)
        {
            throw new ArgumentException("A filter of no terms lets nothing through.");
        }
    }

    public TermsFilter(params Term[] terms) : this((IList<Term>)terms)
    {
    }

    public override DocIdSet GetDocIdSet(AtomicReaderContext context, IBits acceptDocs)
    {
        AtomicReader reader = context.AtomicReader;
        FixedBitSet? found = null;
        foreach (Term term in _terms)
        {
            TermsEnum? terms = reader.GetTerms(term.Field)?.GetEnumerator();
            if (terms is not null && terms.SeekExact(term.Bytes))
            {
                DocsEnum docs = terms.Docs(acceptDocs, null, DocsFlags.NONE);
                for (int doc = docs.NextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = docs.NextDoc())
                {
                    found ??= new FixedBitSet(reader.MaxDoc);
                    found.Set(doc);
                }
            }
        }
        return found;
    }

    public override bool Equals(object obj) => obj is TermsFilter other && _terms.SequenceEqual(other._terms);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        Array.ForEach(_terms, hash.Add);
        return hash.ToHashCode();
    }

    public override string ToString() => string.Join(' ', _terms.Select(term => term.ToString()));
}
