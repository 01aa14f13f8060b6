using SpladeLucene.Benchmarks;
using SpladeLucene.Benchmarks.Shared;

var command = new SearchCommand();
return await CommandRunner.RunAsync(command.Root, args, (parsed, cancellation) =>
    Task.FromResult(SearchBenchmark.RunAll(command.ArgumentsOf(parsed), cancellation)));
