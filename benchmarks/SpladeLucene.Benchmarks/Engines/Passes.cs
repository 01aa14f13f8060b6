namespace SpladeLucene.Benchmarks.Engines;

/// <summary>How often an engine is run.</summary>
/// <param name="Queries">How many queries there are.</param>
/// <param name="Warm">How many of them are run before, untimed, for a second at least; 0 for none.</param>
/// <param name="Count">How often all of them are run and timed.</param>
/// <param name="Cancellation">Ends it between two queries.</param>
internal readonly record struct Passes(int Queries, int Warm, int Count, CancellationToken Cancellation);
