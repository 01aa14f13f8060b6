namespace SpladeLucene.Benchmarks.Engines;

/// <summary>One turn of an engine.</summary>
/// <param name="Queries">How many queries there are.</param>
/// <param name="Warm">How many of them are run before, untimed, for a second at least; 0 for none.</param>
/// <param name="Cancellation">Ends it between two queries.</param>
internal readonly record struct Pass(int Queries, int Warm, CancellationToken Cancellation);
