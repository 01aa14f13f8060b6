using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;

namespace SpladeLucene;

public sealed partial record SpladeFingerprint
{
    /// <summary>
    /// The fingerprints in <paramref name="field"/>, each with its document frequency (deleted documents that are not
    /// merged away yet count, as they do for every term). Costs one seek a segment and model.
    /// </summary>
    /// <exception cref="InvalidOperationException">A reserved term is there that this version can't read.</exception>
    public static IReadOnlyDictionary<SpladeFingerprint, int> Read(IndexReader reader, string field)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(field);
        var found = new Dictionary<SpladeFingerprint, int>();
        foreach (AtomicReaderContext leaf in reader.Leaves)
        {
            foreach ((SpladeFingerprint fingerprint, TermsEnum term) in In(leaf.AtomicReader, field))
                found[fingerprint] = found.GetValueOrDefault(fingerprint) + term.DocFreq;
        }

        return found;
    }

    /// <summary>
    /// Refuses a query that was not made with the model that <paramref name="field"/> was made with. Documents of another
    /// model that are deleted are no obstacle, and neither is an index that doesn't have the field.
    /// </summary>
    /// <exception cref="FingerprintMismatchException">
    /// The field holds vectors of another model, of several, or in both encodings; the message names them all.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// The field holds no SPLADE vectors, or was indexed without the positions that its impacts need.
    /// </exception>
    public void RequireIn(IndexReader reader, string field)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(field);
        var live = new HashSet<SpladeFingerprint>();
        foreach (AtomicReaderContext leaf in reader.Leaves) live.UnionWith(LiveIn(leaf.AtomicReader, field));

        SpladeFingerprint? first = live.FirstOrDefault();
        bool agree = live.All(found => found.Matches(this) && found.Matches(first!));
        if (!agree) throw new FingerprintMismatchException(field, this, live);
    }

    /// <summary>The same as for a string, over a term as the index holds it.</summary>
    internal static bool IsReserved(BytesRef term) =>
        term.Bytes.AsSpan(term.Offset, term.Length).StartsWith(ReservedPrefix);

    // Every query asks, a reader never changes, and where all documents of a field are deleted it takes a walk over their postings.
    private static readonly ConditionalWeakTable<AtomicReader, ConcurrentDictionary<string, SpladeFingerprint[]>> Known = [];

    private static ReadOnlySpan<byte> ReservedPrefix => "[splade] "u8;

    private static SpladeFingerprint[] LiveIn(AtomicReader reader, string field) => Known
        .GetValue(reader, static _ => new ConcurrentDictionary<string, SpladeFingerprint[]>(StringComparer.Ordinal))
        .GetOrAdd(field, static (field, reader) => [.. ReadLive(reader, field)], reader);

    private static List<SpladeFingerprint> ReadLive(AtomicReader reader, string field)
    {
        var live = new List<SpladeFingerprint>();
        int fingerprints = 0, marked = 0;
        foreach ((SpladeFingerprint fingerprint, TermsEnum term) in In(reader, field))
        {
            fingerprints++;
            marked += term.DocFreq;
            DocsEnum documents = term.Docs(reader.LiveDocs, reuse: null, DocsFlags.NONE);
            if (documents.NextDoc() == DocIdSetIterator.NO_MORE_DOCS) continue;
            live.Add(fingerprint);
            if (fingerprint.Encoding == WeightEncoding.Payload && !reader.GetTerms(field).HasPositions)
                throw new InvalidOperationException(
                    $"The field '{field}' was indexed without positions, so the payloads that its impacts stood in are lost.");
        }

        // A document may have vectors of several.
        if (fingerprints > 1) marked = MarkedIn(reader, field);
        if (reader.GetTerms(field) is { } terms
            && (live.Count == 0 ? IsInLiveDocument(terms, reader) : AreForeign(terms.DocCount - marked, reader)))
        {
            throw new InvalidOperationException($"The field '{field}' holds terms that are no SPLADE vectors: another analyzer "
                + $"wrote them, and {nameof(SpladeCoverage)} counts the documents.");
        }

        return live;
    }

    private static int MarkedIn(AtomicReader reader, string field)
    {
        var marked = new FixedBitSet(reader.MaxDoc);
        foreach ((_, TermsEnum term) in In(reader, field)) marked.Or(term.Docs(null, reuse: null, DocsFlags.NONE));
        return marked.Cardinality;
    }

    // Who counts documents counts deleted ones too, so that as many may be gone. A codec that doesn't count them says -1.
    private static bool AreForeign(int unmarked, AtomicReader reader) => unmarked > reader.NumDeletedDocs;

    private static bool IsInLiveDocument(Terms terms, AtomicReader reader)
    {
        if (AreForeign(terms.DocCount, reader)) return true;
        DocsEnum? documents = null;
        foreach (TermsEnum term in Each(terms))
        {
            documents = term.Docs(reader.LiveDocs, documents, DocsFlags.NONE);
            if (documents.NextDoc() != DocIdSetIterator.NO_MORE_DOCS) return true;
        }

        return false;
    }

    private static IEnumerable<TermsEnum> Each(Terms terms)
    {
        TermsEnum each = terms.GetEnumerator();
        while (each.MoveNext()) yield return each;
    }

    /// <summary>The fingerprints of a segment, each with the term that spells it, which moves on with the walk.</summary>
    internal static IEnumerable<(SpladeFingerprint Fingerprint, TermsEnum Term)> In(AtomicReader reader, string field)
    {
        TermsEnum? terms = reader.GetTerms(field)?.GetEnumerator();
        if (terms is null || terms.SeekCeil(new BytesRef(TermPrefix)) == TermsEnum.SeekStatus.END) yield break;
        do
        {
            string term = terms.Term.Utf8ToString();
            if (!IsReserved(term)) yield break;
            // A fingerprint that can't be read must not pass for none.
            if (!TryParse(term, out SpladeFingerprint? fingerprint))
                throw new InvalidOperationException($"The field '{field}' holds a fingerprint that can't be read, '{term}': "
                    + "take the version that wrote it or a later one, or index the documents again.");
            yield return (fingerprint, terms);
        }
        while (terms.MoveNext());
    }
}
