using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;
using SpladeLucene.Postings;
using SpladeLucene.Search.TopK;

namespace SpladeLucene;

/// <summary>
/// Makes a query of a document that is indexed: its heaviest terms, as the impacts keep them. No model runs. Reading them goes
/// through all terms of the field in the document's segment, one look-up a term: milliseconds in a small segment, more in a
/// large one. Thread-safe.
/// </summary>
public static class SpladeMoreLikeThis
{
    /// <summary>How many terms are taken unless another number is given.</summary>
    public const int DefaultTerms = 32;

    /// <summary>A query for documents that mean what this one does.</summary>
    /// <param name="reader">The index.</param>
    /// <param name="doc">A document of it, as in a <c>ScoreDoc</c>.</param>
    /// <param name="field">The SPLADE field.</param>
    /// <param name="options">Format, source fields and floor count. Default: the default quantizer, no floor.</param>
    /// <param name="terms">How many terms are taken at most, the heaviest; 1 or more.</param>
    /// <returns>The query; the document itself is its best hit or among them, which <see cref="AllBut"/> leaves out. Without
    /// terms where the document has no vector.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The index has no such document, or no term is wanted.</exception>
    public static SpladeQuery Create(
        IndexReader reader, int doc, string field, SpladeQueryOptions? options = null, int terms = DefaultTerms) =>
        Make(reader, doc, field, options ?? new SpladeQueryOptions(), terms, fusionWeight: null);

    /// <summary>The same with the share that the model asks for in a sum with BM25.</summary>
    internal static SpladeQuery Make(IndexReader reader, int doc, string field, SpladeQueryOptions options, int terms, float? fusionWeight)
    {
        ArgumentNullException.ThrowIfNull(field);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(terms);
        (AtomicReader segment, int inSegment) = Locate(reader, doc);
        SparseVector vector = SparseVector.FromWeights(Read(segment, inSegment, field, options.Format.Quantizer));
        return new SpladeQuery(field, vector.Prune(new Pruning { MaxTerms = terms }), options.Format)
        {
            SourceFields = options.SourceFields is { Count: > 0 } sources ? sources : [field],
            Floor = options.Floor ?? ScoreFloor.None,
            FusionWeight = fusionWeight,
        };
    }

    /// <summary>A filter that lets every document pass but one of this reader.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index has no such document.</exception>
    public static Filter AllBut(IndexReader reader, int doc)
    {
        (AtomicReader segment, int inSegment) = Locate(reader, doc);
        return new AllButOne(segment.CoreCacheKey, inSegment);
    }

    private static (AtomicReader Segment, int Doc) Locate(IndexReader reader, int doc)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentOutOfRangeException.ThrowIfNegative(doc);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(doc, reader.MaxDoc);
        AtomicReaderContext leaf = reader.Leaves.Last(leaf => leaf.DocBase <= doc);
        return (leaf.AtomicReader, doc - leaf.DocBase);
    }

    private static IEnumerable<KeyValuePair<string, float>> Read(
        AtomicReader segment, int doc, string field, ImpactQuantizer quantizer)
    {
        if (ImpactReader.Open(segment, field) is not { } impacts) yield break;
        TermsEnum each = impacts.Terms();
        while (each.MoveNext())
        {
            string term = each.Term.Utf8ToString();
            if (SpladeFingerprint.IsReserved(term)) continue;
            ImpactPostings postings = impacts.NextPostings(each);
            if (postings.Advance(doc) == doc)
                yield return KeyValuePair.Create(term, quantizer.Dequantize(postings.ReadImpact()));
        }
    }

    private sealed class AllButOne(object core, int doc) : Filter
    {
        public override DocIdSet GetDocIdSet(AtomicReaderContext context, IBits? acceptDocs)
        {
            FixedBitSet passing = AcceptedDocs.AsSet(context, acceptDocs);
            if (context.AtomicReader.CoreCacheKey == core) passing.Clear(doc);
            return passing;
        }
    }
}
