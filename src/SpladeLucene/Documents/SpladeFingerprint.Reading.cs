using Lucene.Net.Index;
using Lucene.Net.Util;

namespace SpladeLucene.Documents;

public sealed partial record SpladeFingerprint
{
    /// <summary>
    /// The fingerprints in <paramref name="field"/>, each with its document frequency (deleted documents that are not
    /// merged away yet count, as they do for every term). Costs one seek a segment and model.
    /// </summary>
    public static IReadOnlyDictionary<SpladeFingerprint, int> Read(IndexReader reader, string field)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(field);
        var found = new Dictionary<SpladeFingerprint, int>();
        foreach (AtomicReaderContext leaf in reader.Leaves)
        {
            Terms? terms = leaf.AtomicReader.GetTerms(field);
            if (terms is not null) Collect(terms.GetEnumerator(), found);
        }

        return found;
    }

    /// <summary>Refuses a query that was not made with the model that <paramref name="field"/> was made with.</summary>
    /// <exception cref="FingerprintMismatchException">
    /// The field holds vectors of another model, or of several; the message names them all.
    /// </exception>
    public void RequireIn(IndexReader reader, string field)
    {
        SpladeFingerprint[] others = [.. Read(reader, field).Keys.Where(found => !found.Matches(this))];
        if (others.Length > 0) throw new FingerprintMismatchException(field, this, others);
    }

    /// <summary>The same as for a string, over a term as the index holds it.</summary>
    internal static bool IsReserved(BytesRef term) =>
        term.Bytes.AsSpan(term.Offset, term.Length).StartsWith(ReservedPrefix);

    private static ReadOnlySpan<byte> ReservedPrefix => "[splade] "u8;

    private static void Collect(TermsEnum terms, Dictionary<SpladeFingerprint, int> found)
    {
        if (terms.SeekCeil(new BytesRef(TermPrefix)) == TermsEnum.SeekStatus.END) return;
        do
        {
            string term = terms.Term.Utf8ToString();
            if (!IsReserved(term)) return;
            if (!TryParse(term, out SpladeFingerprint? fingerprint)) continue;
            found[fingerprint] = found.GetValueOrDefault(fingerprint) + terms.DocFreq;
        }
        while (terms.MoveNext());
    }
}
