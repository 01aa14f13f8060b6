using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Search.Similarities;
using Lucene.Net.Util;

namespace SpladeLucene.Endurance.Soaking;

/// <summary>Scores every document of a reader out of Lucene's own postings, term by term, and sorts them all.</summary>
internal static class SoakOracle
{
    /// <summary>All hits, best first, ties by number.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="query">The query, without a floor.</param>
    /// <param name="accepts">Which documents count; null for all.</param>
    public static IReadOnlyList<ScoreDoc> Hits(IndexReader reader, SpladeQuery query, Func<int, bool>? accepts = null)
    {
        var hits = new List<ScoreDoc>();
        foreach (AtomicReaderContext leaf in reader.Leaves)
        {
            int[] sums = Sums(leaf.AtomicReader, query);
            for (int doc = 0; doc < sums.Length; doc++)
            {
                if (sums[doc] > 0 && accepts?.Invoke(leaf.DocBase + doc) != false)
                    hits.Add(new ScoreDoc(leaf.DocBase + doc, sums[doc] * (query.Quantized.Unit * query.Boost)));
            }
        }

        return [.. hits.OrderByDescending(hit => hit.Score).ThenBy(hit => hit.Doc)];
    }

    /// <summary>The documents of one group.</summary>
    public static HashSet<int> OfGroup(IndexReader reader, string group)
    {
        var all = new TermQuery(new Term(SoakIndex.Group, group));
        return [.. new IndexSearcher(reader).Search(all, Math.Max(1, reader.MaxDoc)).ScoreDocs.Select(hit => hit.Doc)];
    }

    /// <summary>The hits in the order of their numbers.</summary>
    public static int[] Sorted(IndexReader reader, IEnumerable<ScoreDoc> hits)
    {
        NumericDocValues numbers = MultiDocValues.GetNumericValues(reader, SoakIndex.Number);
        return [.. hits.Select(hit => hit.Doc).OrderBy(doc => numbers.Get(doc)).ThenBy(doc => doc)];
    }

    /// <summary>All hits of words and meaning, added up with a weight.</summary>
    public static IReadOnlyList<ScoreDoc> Fused(IndexReader reader, Query words, SpladeQuery meaning, double weight)
    {
        var plain = new IndexSearcher(reader) { Similarity = new BM25Similarity() };
        IReadOnlyList<RankedHit<int>> ofWords = plain.Search(words, Math.Max(1, reader.MaxDoc)).ToRanking();
        RankedHit<int>[] ofMeaning = [.. Hits(reader, meaning).Select(hit => new RankedHit<int>(hit.Doc, hit.Score))];
        return [.. RankFusion.WeightedSum([(ofWords, 1 - weight), (ofMeaning, weight)], ScoreNormalization.None)
            .Select(hit => new ScoreDoc(hit.Document, (float)hit.Score))
            .OrderByDescending(hit => hit.Score).ThenBy(hit => hit.Doc)];
    }

    private static int[] Sums(AtomicReader segment, SpladeQuery query)
    {
        int[] sums = new int[segment.MaxDoc];
        TermsEnum? terms = segment.GetTerms(query.Field)?.GetEnumerator();
        foreach (QuantizedTerm term in query.Quantized.Terms)
        {
            if (terms is null || !terms.SeekExact(new BytesRef(term.Term))) continue;
            DocsAndPositionsEnum postings = terms.DocsAndPositions(segment.LiveDocs, null);
            for (int doc = postings.NextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = postings.NextDoc())
            {
                postings.NextPosition();
                BytesRef impact = postings.GetPayload();
                sums[doc] += term.Weight * impact.Bytes[impact.Offset];
            }
        }

        return sums;
    }
}
