
namespace SpladeLucene.Benchmarks.Collections;

/// <summary>What collections are made of: vectors over one vocabulary.</summary>
/// <param name="Vocabulary">At most 65,535 terms.</param>
/// <param name="Vectors">None is empty.</param>
/// <param name="QuerySource">The <see cref="SourceVector.Source"/> whose vectors are the queries.</param>
internal sealed record SourceVectors(
    IReadOnlyList<string> Vocabulary, IReadOnlyList<SourceVector> Vectors, string QuerySource)
{
    /// <summary>Some of the queries, in an order of their own.</summary>
    public IReadOnlyList<SourceVector> Queries(ulong seed, int most)
    {
        SourceVector[] queries = [.. Vectors.Where(vector => vector.Source == QuerySource)];
        new SplitMix64(seed ^ 0x9E37).Shuffle(queries.AsSpan());
        return queries[..Math.Min(most, queries.Length)];
    }
}
