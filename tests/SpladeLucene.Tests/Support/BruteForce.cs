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
        var sums = new List<(int Doc, int Group, int Sum)>();
        for (int doc = 0; doc < index.Reader.MaxDoc; doc++)
        {
            int number = index.NumberOf(doc);
            if (!index.Deleted.Contains(number)) sums.Add((doc, index.Groups[number], Sum(query, index.Vectors[number])));
        }

        int[] ordered = [.. sums.Select(each => each.Sum).Where(sum => sum > 0).OrderDescending()];
        int best = ordered.FirstOrDefault(), tenth = ordered.ElementAtOrDefault(9);
        return
        [
            .. sums.Where(each => each.Sum > 0 && Reaches(query, each.Sum, best, tenth) && (group ?? each.Group) == each.Group)
                .Select(each => new ScoreDoc(each.Doc, each.Sum * (query.Quantized.Unit * query.Boost)))
                .OrderByDescending(hit => hit.Score).ThenBy(hit => hit.Doc),
        ];
    }

    private static bool Reaches(SpladeQuery query, int sum, int best, int tenth) =>
        sum * query.Quantized.Unit >= query.Floor.Score && sum >= (decimal)query.Floor.ShareOfBest * best
        && sum >= (decimal)query.Floor.ShareOfTenth * tenth;

    private static int Sum(SpladeQuery query, SparseVector document)
    {
        int sum = 0;
        foreach (QuantizedTerm term in query.Quantized.Terms)
            sum += term.Weight * query.Quantizer.Quantize(document.WeightOf(term.Term));
        return sum;
    }
}
