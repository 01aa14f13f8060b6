namespace SpladeLucene.Benchmarks.Collections;

/// <summary>
/// Makes a document of several vectors, as SPLADE pools the tokens of a text by their maximum: a base vector, others
/// that a <see cref="VectorWalk"/> leads to from it, and one in ten from anywhere. Some terms are dropped, weights
/// vary, and the heaviest stay, as many as the document's length says. Not thread-safe.
/// </summary>
internal sealed class DocumentMaker(CollectionRecipe recipe, SourceVectors source, VectorWalk walk)
{
    private const int FewestTerms = 20;
    private const int MostParts = 40;

    // Invariant: zero between two documents; _touched lists what isn't.
    private readonly float[] _weights = new float[source.Vocabulary.Count];
    private readonly List<int> _touched = [];
    private readonly List<ulong> _order = [];

    /// <summary>The last document's terms, ascending.</summary>
    public List<int> Terms { get; } = [];

    /// <summary>Their impacts, 1 to 255.</summary>
    public List<byte> Impacts { get; } = [];

    /// <param name="number">The document's number, from 0.</param>
    /// <param name="baseVector">The number of the vector that it is made from.</param>
    public void Make(int number, int baseVector)
    {
        var random = new SplitMix64(
            (recipe.Seed * 0x100000001B3) + ((ulong)baseVector * 0x9E3779B1) + (ulong)number);
        int length = Rounding.Nearest(
            Math.FusedMultiplyAdd(recipe.TermsDeviation, random.Normal(), recipe.MeanTerms));
        length = Math.Clamp(length, FewestTerms, (int)(3 * recipe.MeanTerms));
        AddBase(random, baseVector);
        for (int part = 0; part < MostParts && _touched.Count < length * 1.1; part++) AddPart(random, baseVector);
        Choose(random, length);
        foreach (int term in _touched) _weights[term] = 0;
        _touched.Clear();
    }

    // How much a document is about its base. Its third power makes close matches of a query rare, as they are.
    private void AddBase(SplitMix64 random, int vector)
    {
        double closeness = random.Unit();
        closeness *= closeness * closeness;
        Add(random, vector, 0.5f + (0.5f * (float)closeness), Math.FusedMultiplyAdd(-0.45, closeness, 0.55));
    }

    private void AddPart(SplitMix64 random, int baseVector)
    {
        if (random.Unit() < 0.10)
        {
            Add(random, random.Below(source.Vectors.Count), 0.6f, 0.2);
            return;
        }

        int vector = walk.Step(baseVector, random);
        Add(random, vector, MathF.FusedMultiplyAdd(0.4f, (float)random.Unit(), 0.55f), 0.2);
    }

    private void Add(SplitMix64 random, int vector, float scale, double dropped)
    {
        (int[] terms, float[] weights) = (source.Vectors[vector].Terms, source.Vectors[vector].Weights);
        for (int i = 0; i < terms.Length; i++)
        {
            if (random.Unit() < dropped) continue;
            float weight = weights[i] * scale * (float)Math.Exp(0.25 * random.Normal());
            ref float heaviest = ref _weights[terms[i]];
            if (heaviest == 0) _touched.Add(terms[i]);
            heaviest = Math.Max(heaviest, weight);
        }
    }

    private void Choose(SplitMix64 random, int length)
    {
        _order.Clear();
        foreach (int term in _touched)
        {
            // Ascending keys are falling weights, made uncertain; equal ones by term.
            float uncertain = _weights[term] * (float)Math.Exp(0.45 * random.Normal());
            _order.Add(((ulong)~BitConverter.SingleToUInt32Bits(uncertain) << 32) | (uint)term);
        }

        _order.Sort();
        Terms.Clear();
        Impacts.Clear();
        foreach (ulong key in _order.Take(length)) Terms.Add((int)(uint)key);
        Terms.Sort();
        foreach (int term in Terms) Impacts.Add(ImpactOf(_weights[term]));
    }

    // The heaviest weights of documents are flatter than those of queries.
    private static byte ImpactOf(float weight)
    {
        if (weight > 80) weight = MathF.FusedMultiplyAdd(weight - 80, 0.6f, 80);
        return (byte)Math.Clamp(Rounding.Nearest(weight), 1, ImpactQuantizer.MaxImpact);
    }
}
