namespace SpladeLucene.Benchmarks;

/// <summary>A part of a benchmark that is announced before it runs.</summary>
internal sealed record BenchmarkStep(string Title, Action Run);
