namespace Lucene.Net.Search.Similarities;

// How rare the terms of a weight are, with the numbers behind it.
internal static class IdfExplanation
{
    internal static Explanation Of(CollectionStatistics field, TermStatistics[] terms, Func<long, long, float> idf)
    {
        if (terms is [{ } only])
        {
            return Of(field, only, idf);
        }
        var sum = new Explanation { Description = "idf(), sum of:" };
        foreach (TermStatistics term in terms)
        {
            Explanation one = Of(field, term, idf);
            sum.AddDetail(one);
            sum.Value += one.Value;
        }
        return sum;
    }

    private static Explanation Of(CollectionStatistics field, TermStatistics term, Func<long, long, float> idf) =>
        new(idf(term.DocFreq, field.MaxDoc), $"idf(docFreq={term.DocFreq}, maxDocs={field.MaxDoc})");
}
