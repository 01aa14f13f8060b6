using SpladeLucene.Benchmarks;
using SpladeLucene.Benchmarks.Compositions;
using SpladeLucene.Benchmarks.Shared;
using SpladeLucene.Benchmarks.Throughput;
using SpladeLucene.Benchmarks.Web;

if (args is [CompositionsCommand.Name, .. var rest])
{
    var compositions = new CompositionsCommand();
    return await CommandRunner.RunAsync(compositions.Root, rest, (parsed, cancellation) =>
        Task.FromResult(CompositionsBenchmark.Run(compositions.ArgumentsOf(parsed), cancellation)));
}

if (args is [ThroughputCommand.Name, .. var others])
{
    var throughput = new ThroughputCommand();
    return await CommandRunner.RunAsync(throughput.Root, others, (parsed, cancellation) =>
        new ThroughputBenchmark(throughput.ArgumentsOf(parsed), cancellation).RunAsync());
}

if (args is [WebCommand.Name, .. var requests])
{
    var web = new WebCommand();
    return await CommandRunner.RunAsync(web.Root, requests, (parsed, cancellation) =>
        new WebBenchmark(web.ArgumentsOf(parsed), cancellation).RunAsync());
}

var command = new SearchCommand();
return await CommandRunner.RunAsync(command.Root, args, (parsed, cancellation) =>
    Task.FromResult(SearchBenchmark.RunAll(command.ArgumentsOf(parsed), cancellation)));
