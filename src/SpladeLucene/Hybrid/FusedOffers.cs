using SpladeLucene.Search.TopK;

namespace SpladeLucene.Hybrid;

/// <summary>Adds up what words and meaning give a document, and offers it to the best, in the order of the words' hits.</summary>
/// <param name="words">All hits of the words; none where there are no words.</param>
/// <param name="best">Keeps the hits.</param>
/// <param name="weight">What the meaning's scores count; they aren't normalized.</param>
/// <param name="unit">What one unit of the meaning's sums is worth.</param>
/// <param name="leastSum">The least sum of a hit of the meaning, at least 1.</param>
internal sealed class FusedOffers(SideHits words, BestFused best, double weight, float unit, int leastSum)
{
    // The first of the words' hits that wasn't offered yet.
    private int _place;

    public int LeastSum => leastSum;

    /// <summary>The words' next hit; <see cref="int.MaxValue"/> where there is none.</summary>
    public int NextWords => words.Doc(_place);

    public void Count(int hits) => best.Count(hits);

    /// <summary>Counts the words' next hit and offers it, with what the meaning gives it.</summary>
    public void OfferWords(int sum)
    {
        int doc = words.Doc(_place);
        double adds = words.Adds(_place);
        if (sum >= leastSum) adds += Adds(sum);
        float score = (float)adds;
        best.Count(1);
        if (score >= best.Least && best.Takes(doc, score))
        {
            HybridPart part = words.Part(_place);
            best.Keep(new HybridHit(doc, score, sum >= leastSum ? [part, Part(sum)] : [part]));
        }

        _place++;
    }

    /// <summary>Offers a document that the meaning alone found; it is counted apart.</summary>
    public void OfferMeaning(int doc, int sum)
    {
        float score = (float)Adds(sum);
        if (best.Takes(doc, score)) best.Keep(new HybridHit(doc, score, [Part(sum)]));
    }

    /// <summary>
    /// The least sum that may be kept, or a little less: fused scores are rounded, and where they are equal the document
    /// decides.
    /// </summary>
    public int Bar()
    {
        double least = best.Least;
        if (double.IsNegativeInfinity(least)) return leastSum;
        if (weight == 0) return least > 0 ? int.MaxValue : leastSum;
        double sum = (least / (weight * unit) * (1 - 1e-6)) - 1;
        return sum >= int.MaxValue ? int.MaxValue : Math.Max(leastSum, (int)Math.Max(sum, 0));
    }

    private double Adds(int sum) => weight * (sum * unit);

    private HybridPart Part(int sum) => new(HybridPart.Meaning, sum * unit, Adds(sum)) { Weight = weight };
}
