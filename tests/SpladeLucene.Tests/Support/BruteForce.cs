using Lucene.Net.Search;

namespace SpladeLucene.Tests.Support;

/// <summary>The oracle: scores every live document of a <see cref="GeneratedIndex"/> from the vectors themselves.</summary>
internal static class BruteForce
{
    /// <summary>All hits, best first, ties by document id.</summary>
    /// <param name="index">The index.</param>
    /// <param name="query">The query, its boost included.</param>
    /// <param name="group">Only documents of this filter group; null for all.</param>
    public static IReadOnlyList<ScoreDoc> Hits(GeneratedIndex index, SpladeQuery query, int? group = null)
    {
        var hits = new List<ScoreDoc>();
        for (int doc = 0; doc < index.Reader.MaxDoc; doc++)
        {
            int number = index.NumberOf(doc);
            if (index.Deleted.Contains(number) || (group ?? index.Groups[number]) != index.Groups[number]) continue;
            int sum = Sum(query, index.Vectors[number]);
            if (sum > 0) hits.Add(new ScoreDoc(doc, sum * (query.Quantized.Unit * query.Boost)));
        }

        return [.. hits.OrderByDescending(hit => hit.Score).ThenBy(hit => hit.Doc)];
    }

    private static int Sum(SpladeQuery query, SparseVector document)
    {
        int sum = 0;
        foreach (QuantizedTerm term in query.Quantized.Terms)
            sum += term.Weight * query.Quantizer.Quantize(document.WeightOf(term.Term));
        return sum;
    }
}
