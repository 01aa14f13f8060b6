using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;
using SpladeLucene.Wire;

namespace SpladeLucene.Replicas;

/// <summary>
/// How many live documents a term has. Lucene's own document frequency counts deleted documents until a merge drops them, and
/// replicas merge at different times: only live ones are the same on all. In a segment with deletions a term's postings are walked
/// once a reader.
/// </summary>
internal static class LiveTerms
{
    // Fewer are counted as fast as they are looked up, and words of queries are without end.
    private const int Remembered = 128;

    private static readonly ConditionalWeakTable<AtomicReader, Counts> Counted = [];

    /// <summary>The live documents of each term.</summary>
    public static int[] Frequencies(IndexReader reader, string field, string[] terms)
    {
        int[] frequencies = new int[terms.Length];
        if (terms.Length == 0) return frequencies;
        foreach (AtomicReaderContext leaf in reader.Leaves)
        {
            if (leaf.AtomicReader.GetTerms(field) is not { } all) continue;
            TermsEnum each = all.GetEnumerator();
            for (int i = 0; i < terms.Length; i++)
            {
                if (each.SeekExact(new BytesRef(terms[i]))) frequencies[i] += Frequency(leaf.AtomicReader, each, new Term(field, terms[i]));
            }
        }

        return frequencies;
    }

    /// <summary>How many tokens a field has in all live documents together.</summary>
    public static long Length(IndexReader reader, string field) => reader.Leaves.Sum(leaf =>
        leaf.AtomicReader is not { HasDeletions: true } segment ? leaf.AtomicReader.GetTerms(field)?.SumTotalTermFreq ?? 0
            : Counted.GetOrCreateValue(segment).Lengths.GetOrAdd(field, static (name, of) => LengthOf(of, name), segment));

    /// <summary>How many live documents have vectors of each model.</summary>
    public static IEnumerable<FieldModels> Models(IndexReader reader, string field)
    {
        var live = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (AtomicReaderContext leaf in reader.Leaves)
        {
            foreach ((SpladeFingerprint fingerprint, TermsEnum found) in SpladeFingerprint.In(leaf.AtomicReader, field))
            {
                string term = fingerprint.ToTerm();
                live[term] = live.GetValueOrDefault(term) + Frequency(leaf.AtomicReader, found, new Term(field, term));
            }
        }

        return live.Where(model => model.Value > 0).Select(model => new FieldModels(field, model.Key, model.Value));
    }

    private static int Frequency(AtomicReader reader, TermsEnum found, Term term)
    {
        if (!reader.HasDeletions) return found.DocFreq;
        if (found.DocFreq == reader.MaxDoc) return reader.NumDocs;
        if (found.DocFreq < Remembered) return Count(reader, found);
        return Counted.GetOrCreateValue(reader).Frequencies.GetOrAdd(term, _ => Count(reader, found));
    }

    private static int Count(AtomicReader reader, TermsEnum term)
    {
        DocsEnum documents = term.Docs(reader.LiveDocs, reuse: null, DocsFlags.NONE);
        int count = 0;
        while (documents.NextDoc() != DocIdSetIterator.NO_MORE_DOCS) count++;
        return count;
    }

    // Each document says its own.
    private static long LengthOf(AtomicReader reader, string field)
    {
        if (reader.GetNumericDocValues(field) is not { } lengths) return 0;
        long sum = 0;
        for (int doc = 0; doc < reader.MaxDoc; doc++)
        {
            if (reader.LiveDocs.Get(doc)) sum += lengths.Get(doc);
        }

        return sum;
    }

    private sealed class Counts
    {
        public ConcurrentDictionary<Term, int> Frequencies { get; } = [];

        public ConcurrentDictionary<string, long> Lengths { get; } = new(StringComparer.Ordinal);
    }
}
