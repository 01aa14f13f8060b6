namespace SpladeLucene.Benchmarks.Collections;

/// <summary>Which collection is to be made. The same recipe and vectors give the same bytes.</summary>
internal sealed record CollectionRecipe
{
    public int Documents { get; init; } = 200_000;

    public ulong Seed { get; init; } = 42;

    public DocumentOrder Order { get; init; }

    /// <summary>Terms a document: their mean and standard deviation.</summary>
    public double MeanTerms { get; init; } = 150;

    public double TermsDeviation { get; init; } = 30;

    public int Queries { get; init; } = 500;
}
