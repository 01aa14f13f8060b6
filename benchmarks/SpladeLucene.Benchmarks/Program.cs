using SpladeLucene.Benchmarks;

using var cancelled = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    // What is measured by then is still written.
    pressed.Cancel = true;
    cancelled.Cancel();
};

try
{
    return SearchBenchmark.RunAll(SearchArguments.Parse(args), cancelled.Token);
}
catch (ArgumentException problem)
{
    Console.Error.WriteLine(problem.Message);
    Console.Error.WriteLine(SearchArguments.Usage);
    return 2;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("Stopped.");
    return 1;
}
catch (Exception problem) when (problem is IOException or InvalidDataException or FormatException)
{
    Console.Error.WriteLine(problem.Message);
    return 1;
}
