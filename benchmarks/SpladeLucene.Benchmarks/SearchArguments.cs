using SpladeLucene.Benchmarks.Collections;

namespace SpladeLucene.Benchmarks;

/// <summary>What the command line asks for.</summary>
internal sealed record SearchArguments
{
    public const ulong DefaultSeed = 42;

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
