namespace SpladeLucene.Benchmarks.Compositions;

/// <summary>What the command line of the compositions asks for.</summary>
internal sealed record CompositionArguments
{
    public int Documents { get; init; } = 1_000_000;

    public ulong Seed { get; init; } = SearchArguments.DefaultSeed;

    public int Queries { get; init; } = 100;

    /// <summary>Passes over the queries; the least time of each query counts.</summary>
    public int Repeats { get; init; } = 5;

    /// <summary>Queries whose hits are compared with those over Lucene's postings.</summary>
    public int Compared { get; init; } = 20;

    /// <summary>As <see cref="ScoreFloor.OfModel"/> takes it.</summary>
    public float Floor { get; init; } = 0.4f;

    public string Work { get; init; } = new SearchArguments().Work;

    public string Results { get; init; } = new SearchArguments().Results;
}
