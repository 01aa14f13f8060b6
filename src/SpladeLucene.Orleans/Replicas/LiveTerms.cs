using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;

namespace SpladeLucene.Replicas;

/// <summary>
/// How many live documents a term has. Lucene's own document frequency counts deleted documents until a merge drops them, and
/// replicas merge at different times: only live ones are the same on all. In a segment with deletions a term's postings are walked
/// once a reader.
/// </summary>
internal static class LiveTerms
{
    private static readonly ConditionalWeakTable<AtomicReader, ConcurrentDictionary<string, int>> Counted = [];

    /// <summary>The live documents of each term.</summary>
    public static int[] Frequencies(IndexReader reader, string field, string[] terms)
    {
        int[] frequencies = new int[terms.Length];
        foreach (AtomicReaderContext leaf in reader.Leaves)
        {
            if (leaf.AtomicReader.GetTerms(field) is not { } all) continue;
            TermsEnum each = all.GetEnumerator();
            for (int i = 0; i < terms.Length; i++) frequencies[i] += Frequency(leaf.AtomicReader, each, terms[i]);
        }

        return frequencies;
    }

    /// <summary>The models whose vectors live documents have.</summary>
    public static HashSet<string> Fingerprints(IndexReader reader, string field)
    {
        var live = new HashSet<string>(StringComparer.Ordinal);
        foreach (AtomicReaderContext leaf in reader.Leaves)
        {
            foreach ((SpladeFingerprint fingerprint, TermsEnum term) in SpladeFingerprint.In(leaf.AtomicReader, field))
            {
                DocsEnum documents = term.Docs(leaf.AtomicReader.LiveDocs, reuse: null, DocsFlags.NONE);
                if (documents.NextDoc() != DocIdSetIterator.NO_MORE_DOCS) live.Add(fingerprint.ToTerm());
            }
        }

        return live;
    }

    private static int Frequency(AtomicReader reader, TermsEnum terms, string term)
    {
        if (!reader.HasDeletions) return terms.SeekExact(new BytesRef(term)) ? terms.DocFreq : 0;
        ConcurrentDictionary<string, int> counted = Counted.GetOrCreateValue(reader);
        return counted.GetOrAdd(term, _ => terms.SeekExact(new BytesRef(term)) ? Count(reader, terms) : 0);
    }

    private static int Count(AtomicReader reader, TermsEnum term)
    {
        DocsEnum documents = term.Docs(reader.LiveDocs, reuse: null, DocsFlags.NONE);
        int count = 0;
        while (documents.NextDoc() != DocIdSetIterator.NO_MORE_DOCS) count++;
        return count;
    }
}
