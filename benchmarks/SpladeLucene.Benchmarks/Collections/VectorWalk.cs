namespace SpladeLucene.Benchmarks.Collections;

/// <summary>
/// From a vector to another one on the same topic: over a term of the first, the likelier the heavier and rarer it is,
/// to a vector that has this term, the likelier the heavier.
/// </summary>
internal sealed class VectorWalk
{
    private readonly IReadOnlyList<SourceVector> _vectors;

    // Per vector, running sums over its terms; per term, the vectors that have it and running sums over them.
    private readonly float[][] _termSums;
    private readonly int[][] _holders;
    private readonly float[][] _holderSums;

    public VectorWalk(SourceVectors source)
    {
        _vectors = source.Vectors;
        (_holders, _holderSums) = Invert(source);
        Rarity = [.. _holders.Select(list => (float)Math.Log((_vectors.Count + 1.0) / (list.Length + 1.0)))];
        _termSums = [.. _vectors.Select(TermSums)];
    }

    /// <summary>Each term's inverse document frequency.</summary>
    public IReadOnlyList<float> Rarity { get; }

    /// <returns>The number of a vector; it may be the same one.</returns>
    public int Step(int from, SplitMix64 random)
    {
        int term = _vectors[from].Terms[Sampling.Draw(random, _termSums[from])];
        return _holders[term][Sampling.Draw(random, _holderSums[term])];
    }

    private float[] TermSums(SourceVector vector)
    {
        var sums = new float[vector.Terms.Length];
        float sum = 0;
        for (int i = 0; i < sums.Length; i++)
        {
            float rarity = Rarity[vector.Terms[i]];
            sums[i] = sum += vector.Weights[i] * rarity * rarity;
        }

        return sums;
    }

    private static (int[][] Holders, float[][] Sums) Invert(SourceVectors source)
    {
        var holders = new List<int>[source.Vocabulary.Count];
        var sums = new List<float>[source.Vocabulary.Count];
        for (int term = 0; term < holders.Length; term++) (holders[term], sums[term]) = ([], []);
        for (int vector = 0; vector < source.Vectors.Count; vector++)
        {
            (int[] terms, float[] weights) = (source.Vectors[vector].Terms, source.Vectors[vector].Weights);
            for (int i = 0; i < terms.Length; i++)
            {
                holders[terms[i]].Add(vector);
                List<float> running = sums[terms[i]];
                running.Add((running.Count == 0 ? 0 : running[^1]) + weights[i]);
            }
        }

        return ([.. holders.Select(list => list.ToArray())], [.. sums.Select(list => list.ToArray())]);
    }
}
