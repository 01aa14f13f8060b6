using SpladeLucene.Benchmarks;
using SpladeLucene.Benchmarks.Compositions;
using SpladeLucene.Benchmarks.Shared;

if (args is [CompositionsCommand.Name, .. var rest])
{
    var compositions = new CompositionsCommand();
    return await CommandRunner.RunAsync(compositions.Root, rest, (parsed, cancellation) =>
        Task.FromResult(CompositionsBenchmark.Run(compositions.ArgumentsOf(parsed), cancellation)));
}

var command = new SearchCommand();
return await CommandRunner.RunAsync(command.Root, args, (parsed, cancellation) =>
    Task.FromResult(SearchBenchmark.RunAll(command.ArgumentsOf(parsed), cancellation)));
