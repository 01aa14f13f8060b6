using SpladeLucene.Benchmarks.Collections;

namespace SpladeLucene.Benchmarks;

/// <summary>What the command line asks for.</summary>
internal sealed partial record SearchArguments
{
    public const ulong DefaultSeed = 42;

    public const string Usage = """
        usage: bench search [--documents N] [options]                          a collection is generated
               bench search --spv FILE | --jsonl FILE --queries FILE [options] a collection is given

          --documents 200000    documents to generate; several sizes with commas between show how times grow;
                                real: the vectors of --vectors themselves, one a document
          --seed 42             another number gives another collection
          --order random        or clustered: neighbouring documents are alike
          --vectors FILE        real query vectors to generate from, 'set TAB id TAB term:weight ...' a line, .xz too;
                                default: those in SPLADE_TEST_DATA, else synthetic; synthetic: none
          --spv FILE            a collection as this program writes it
          --jsonl FILE          {"id":..,"vector":{term:weight}} a line, .gz too
          --queries FILE        a query a line: id TAB term:weight term:weight ..., or .jsonl
          --k 10,100,1000       how many hits are wanted
          --work DIR            where collections and indexes are made and found again
                                (default: bench-work in the temporary folder)
          --java DIR            a folder with SpladeLucene8.class and lucene-core-8.jar: Java Lucene 8 takes part
          --cpp BINARY          sparse_bench: the C++ engines take part
          --block 16            the C++ engines' block size
          --warm 200            queries that are not timed, 150 or more for figures to go by; 0 for none
          --repeats 3           passes over the queries; the one with the least mean counts
          --limit N             at most so many queries
          --results DIR         where the tables go (default: benchmarks/results)
        """;

    /// <summary>An .spv or .jsonl file; null where a collection is generated.</summary>
    public string? Collection { get; init; }

    public string? Queries { get; init; }

    /// <summary>The sizes to generate; null is one made of the real vectors themselves.</summary>
    public IReadOnlyList<int?> Documents { get; init; } = [200_000];

    public ulong Seed { get; init; } = DefaultSeed;

    public DocumentOrder Order { get; init; }

    /// <summary>A file of real vectors to generate from; null for synthetic ones.</summary>
    public string? Vectors { get; init; }

    public IReadOnlyList<int> Wanted { get; init; } = [10, 100, 1000];

    public string Work { get; init; } = Path.Combine(Path.GetTempPath(), "bench-work");

    public string? Java { get; init; }

    public string? Cpp { get; init; }

    public int Block { get; init; } = 16;

    public int Warm { get; init; } = 200;

    /// <summary>Passes over the queries; the one with the least mean counts.</summary>
    public int Repeats { get; init; } = 3;

    public int Limit { get; init; } = int.MaxValue;

    public string Results { get; init; } = Path.Combine("benchmarks", "results");
}
