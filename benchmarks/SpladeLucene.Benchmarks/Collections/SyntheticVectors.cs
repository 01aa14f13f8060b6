using System.Globalization;

namespace SpladeLucene.Benchmarks.Collections;

/// <summary>
/// Vectors that need no input. 30,522 terms, as BERT has, whose frequency falls with the 0.85th power of their rank, as
/// Zipf found; 3,000 topics of 400 terms each. A vector takes 70 % of its terms from one topic, 15 % from another and
/// the rest from anywhere; it has about 55 terms, whose weights are distributed log-normally around 28.
/// </summary>
internal static class SyntheticVectors
{
    private const int Terms = 30_522;
    private const int Topics = 3000;
    private const int TermsOfTopic = 400;
    private const int Count = 50_000;
    private const string Source = "synthetic";

    public static SourceVectors Make(ulong seed)
    {
        var random = new SplitMix64(seed ^ 0xA11C);
        double[] frequencies = RunningFrequencies();
        var topics = new int[Topics][];
        for (int topic = 0; topic < Topics; topic++)
        {
            topics[topic] = new int[TermsOfTopic];
            for (int i = 0; i < TermsOfTopic; i++) topics[topic][i] = AnyTerm(random, frequencies);
        }

        var vectors = new SourceVector[Count];
        for (int i = 0; i < Count; i++) vectors[i] = Make(i, random, topics, frequencies);
        string[] vocabulary = [.. Enumerable.Range(0, Terms).Select(term => Named('w', term))];
        return new SourceVectors(vocabulary, vectors, Source);
    }

    private static SourceVector Make(int number, SplitMix64 random, int[][] topics, double[] frequencies)
    {
        int[] main = topics[random.Below(Topics)], side = topics[random.Below(Topics)];
        int count = Math.Max(8, Rounding.Nearest(Math.FusedMultiplyAdd(18, random.Normal(), 55)));
        var weights = new Dictionary<int, float>();
        while (weights.Count < count)
        {
            double from = random.Unit();
            int term = from < 0.70 ? TopicTerm(random, main)
                : from < 0.85 ? TopicTerm(random, side) : AnyTerm(random, frequencies);
            float weight = (float)Math.Min(350, 28 * Math.Exp(1.15 * random.Normal()));
            weights[term] = Math.Max(weights.GetValueOrDefault(term, 1), weight);
        }

        KeyValuePair<int, float>[] heaviest =
            [.. weights.OrderByDescending(weight => weight.Value).ThenBy(weight => weight.Key)];
        return new SourceVector(Source, Named('S', number),
            [.. heaviest.Select(weight => weight.Key)], [.. heaviest.Select(weight => weight.Value)]);
    }

    private static double[] RunningFrequencies()
    {
        var running = new double[Terms];
        double sum = 0;
        // The first 30 ranks are passed over: no term is on nearly every document.
        for (int rank = 0; rank < Terms; rank++) running[rank] = sum += 1 / Math.Pow(rank + 30.0, 0.85);
        return running;
    }

    // A topic's first terms are the frequent ones of it.
    private static int TopicTerm(SplitMix64 random, int[] topic) =>
        topic[(int)(TermsOfTopic * Math.Pow(random.Unit(), 2.2))];

    private static int AnyTerm(SplitMix64 random, double[] frequencies) =>
        Sampling.FirstAtLeast(frequencies, random.Unit() * frequencies[^1]);

    private static string Named(char kind, int number) => kind + number.ToString(CultureInfo.InvariantCulture);
}
