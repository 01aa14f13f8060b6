using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;

namespace SpladeLucene;

/// <summary>
/// Which documents of an index a SPLADE field covers: those with a vector, by what made it, and those without. Counts live
/// documents.
/// </summary>
public sealed record SpladeCoverage
{
    private SpladeCoverage(string field, IReadOnlyDictionary<SpladeFingerprint, int> vectors) => (Field, Vectors) = (field, vectors);

    /// <summary>The field.</summary>
    public string Field { get; }

    /// <summary>All documents of the index.</summary>
    public int Documents { get; private init; }

    /// <summary>How many documents have a vector, the empty one included, made with each fingerprint.</summary>
    public IReadOnlyDictionary<SpladeFingerprint, int> Vectors { get; }

    /// <summary>How many documents have no vector, <see cref="Foreign"/> ones included: no SPLADE query finds them.</summary>
    public int Without { get; private init; }

    /// <summary>How many have terms in the field that are no vector: somebody else's analyzer wrote them.</summary>
    public int Foreign { get; private init; }

    /// <summary>
    /// How many have several vectors in the field. Under <see cref="WeightEncoding.TermFrequency"/> their impacts add up,
    /// which makes them score too much; under <see cref="WeightEncoding.Payload"/> the largest counts, as it should.
    /// </summary>
    public int SeveralValues { get; private init; }

    /// <summary>How many documents a query with this fingerprint can be asked of.</summary>
    public int With(SpladeFingerprint fingerprint)
    {
        ArgumentNullException.ThrowIfNull(fingerprint);
        return Vectors.Where(made => made.Key.Matches(fingerprint)).Sum(made => made.Value);
    }

    /// <summary>
    /// Counts. Costs a walk over one posting a document, and over all of the field's where it holds foreign terms.
    /// </summary>
    /// <exception cref="InvalidOperationException">The field holds a fingerprint that this version can't read.</exception>
    public static SpladeCoverage Of(IndexReader reader, string field)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(field);
        var vectors = new Dictionary<SpladeFingerprint, int>();
        int covered = 0, foreign = 0, several = 0;
        foreach (AtomicReader segment in reader.Leaves.Select(leaf => leaf.AtomicReader))
        {
            // With deleted documents, as these count in DocCount.
            var marked = new FixedBitSet(segment.MaxDoc);
            var repeatedly = new FixedBitSet(segment.MaxDoc);
            foreach ((SpladeFingerprint fingerprint, TermsEnum term) in SpladeFingerprint.In(segment, field))
            {
                (int documents, int first, int repeated) = Mark(term.Docs(null, reuse: null, DocsFlags.FREQS), segment.LiveDocs, marked, repeatedly);
                if (documents > 0) vectors[fingerprint] = vectors.GetValueOrDefault(fingerprint) + documents;
                covered += first;
                several += repeated;
            }

            if (segment.GetTerms(field) is { } terms && terms.DocCount != marked.Cardinality) foreign += ForeignIn(segment, terms, marked);
        }

        return new SpladeCoverage(field, vectors)
        {
            Documents = reader.NumDocs, Without = reader.NumDocs - covered, Foreign = foreign, SeveralValues = several,
        };
    }

    // A document may have vectors of several fingerprints.
    private static (int Documents, int First, int Repeated) Mark(DocsEnum documents, IBits? live, FixedBitSet marked, FixedBitSet repeatedly)
    {
        int count = 0, first = 0, repeated = 0;
        while (documents.NextDoc() != DocIdSetIterator.NO_MORE_DOCS)
        {
            bool isMarked = marked.GetAndSet(documents.DocID);
            if (live?.Get(documents.DocID) == false) continue;
            count++;
            if (!isMarked) first++;
            if ((isMarked || documents.Freq > 1) && !repeatedly.GetAndSet(documents.DocID)) repeated++;
        }

        return (count, first, repeated);
    }

    private static int ForeignIn(AtomicReader segment, Terms terms, FixedBitSet marked)
    {
        var foreign = new FixedBitSet(segment.MaxDoc);
        TermsEnum each = terms.GetEnumerator();
        DocsEnum? documents = null;
        while (each.MoveNext())
        {
            documents = each.Docs(segment.LiveDocs, documents, DocsFlags.NONE);
            while (documents.NextDoc() != DocIdSetIterator.NO_MORE_DOCS)
                if (!marked.Get(documents.DocID)) foreign.Set(documents.DocID);
        }

        return foreign.Cardinality;
    }
}
