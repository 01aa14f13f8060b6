using SpladeLucene.Postings;
using SpladeLucene.Search.Simd;

namespace SpladeLucene.Search.TopK;

/// <summary>What all segments of one search have in common. Immutable.</summary>
internal sealed record SearchPlan
{
    public required string Field { get; init; }

    /// <summary>The terms that are searched for.</summary>
    public required QueryTerm[] Terms { get; init; }

    /// <summary>All of the query's terms where <see cref="Terms"/> leave some out; null where they don't.</summary>
    public required QueryTerm[]? AllTerms { get; init; }

    /// <summary>How many hits of the chosen terms are scored again with all; 0 for none.</summary>
    public required int Rescored { get; init; }

    public required ScoreScale Scale { get; init; }

    /// <summary>How many hits are wanted, at least 1.</summary>
    public required int Wanted { get; init; }

    /// <summary>Hits at or under this key aren't wanted.</summary>
    public required ulong Floor { get; init; }

    /// <summary>Hits at or over this key aren't wanted: they stood on an earlier page.</summary>
    public required ulong Ceiling { get; init; }

    /// <summary>The least sum that counts as a hit, at least 1.</summary>
    public required int LeastHit { get; init; }

    public required bool CountAll { get; init; }

    public required SearchAlgorithm Algorithm { get; init; }

    public required VectorWidth Vectors { get; init; }

    public required ImpactCache Cache { get; init; }
}
