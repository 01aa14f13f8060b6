namespace SpladeLucene.Benchmarks.Collections;

/// <summary>A vector that documents are made of, and that may be a query.</summary>
/// <param name="Source">The test collection it was encoded for.</param>
/// <param name="Id">Its name there.</param>
/// <param name="Terms">Numbers in the vocabulary, in the order they came in.</param>
/// <param name="Weights">Positive, 51.2 a unit of weight; parallel to <paramref name="Terms"/>.</param>
internal sealed record SourceVector(string Source, string Id, int[] Terms, float[] Weights);
