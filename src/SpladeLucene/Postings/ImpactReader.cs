using Lucene.Net.Index;
using Lucene.Net.Util;

namespace SpladeLucene.Postings;

/// <summary>Opens the postings of one field in one segment, whichever way its impacts are written.</summary>
internal sealed class ImpactReader
{
    private readonly string _field;
    private readonly Terms _terms;
    private readonly IBits? _live;

    // One posting list after the other is read through the same enumerations: they hold large buffers.
    private DocsEnum? _docs;
    private DocsAndPositionsEnum? _positions;

    private ImpactReader(string field, Terms terms, IBits? live) => (_field, _terms, _live) = (field, terms, live);

    /// <summary>Null where the segment doesn't have the field.</summary>
    /// <exception cref="InvalidOperationException">The field was indexed without frequencies.</exception>
    public static ImpactReader? Open(AtomicReader reader, string field)
    {
        Terms? terms = reader.GetTerms(field);
        if (terms is null) return null;
        return terms.HasFreqs
            ? new ImpactReader(field, terms, reader.LiveDocs)
            : throw new InvalidOperationException(
                $"The field '{field}' is indexed without term frequencies, so it holds no impacts: name the SPLADE field, or index it as {nameof(SpladeField)} does.");
    }

    /// <summary>Whether the words that impacts came from are known.</summary>
    public bool HasSpans => _terms.HasPayloads && _terms.HasOffsets;

    public TermsEnum Terms() => _terms.GetEnumerator();

    /// <summary>
    /// The postings of the term that <paramref name="term"/> stands at, for a search: a deleted document's payload may be anything.
    /// </summary>
    /// <param name="term">A term of this field.</param>
    /// <param name="acceptDocs">The documents to be seen; null for all.</param>
    public ImpactPostings Postings(TermsEnum term, IBits? acceptDocs) => _terms.HasPayloads
        ? new PayloadPostings(term.DocsAndPositions(acceptDocs, null, DocsAndPositionsFlags.PAYLOADS), _field, _live)
        : new FrequencyPostings(term.Docs(acceptDocs, null, DocsFlags.FREQS));

    /// <summary>The same over all documents, with the spans that impacts came from; what the last call returned must not
    /// be used any more.</summary>
    public SpannedPostings SpannedPostings(TermsEnum term, bool offsets)
    {
        if (!_terms.HasPayloads) return new SpannedPostings(_docs = term.Docs(null, _docs, DocsFlags.FREQS), false, _field, _live);
        DocsAndPositionsFlags flags = DocsAndPositionsFlags.PAYLOADS;
        if (offsets) flags |= DocsAndPositionsFlags.OFFSETS;
        _positions = term.DocsAndPositions(null, _positions, flags);
        return new SpannedPostings(_positions, offsets, _field, _live);
    }

    /// <summary>
    /// The same over all documents, for whoever keeps what is read: another reader may see documents live that are deleted here.
    /// What the last call returned must not be used any more.
    /// </summary>
    public ImpactPostings NextPostings(TermsEnum term)
    {
        if (!_terms.HasPayloads) return new FrequencyPostings(_docs = term.Docs(null, _docs, DocsFlags.FREQS));
        _positions = term.DocsAndPositions(null, _positions, DocsAndPositionsFlags.PAYLOADS);
        return new PayloadPostings(_positions, _field);
    }
}
