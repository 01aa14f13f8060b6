using SpladeLucene.Benchmarks;

const string Usage = """
    usage: bench search --spv FILE | --jsonl FILE --queries FILE [options]

      --spv FILE        a collection of splade_gen; --jsonl FILE: {"id":..,"vector":{term:weight}} a line
      --queries FILE    a query a line: id TAB term:weight term:weight ...
      --k 10,100,1000   how many hits are wanted
      --work DIR        where indexes are built and found again (default: bench-work in the temporary folder)
      --java DIR        a folder with SpladeLucene8.class and lucene-core-8.jar: Java Lucene 8 takes part
      --cpp BINARY      sparse_bench: the C++ engines take part
      --block 16        the C++ engines' block size
      --warm 200        queries that are not timed, at least 150
      --repeats 3       passes over the queries; the one with the least mean counts
      --limit N         at most so many queries
      --results DIR     where the table goes (default: benchmarks/results)
    """;

try
{
    return SearchBenchmark.Run(SearchArguments.Parse(args));
}
catch (ArgumentException problem)
{
    Console.Error.WriteLine(problem.Message);
    Console.Error.WriteLine(Usage);
    return 2;
}
