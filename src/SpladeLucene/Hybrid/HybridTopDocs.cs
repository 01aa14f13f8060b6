using Lucene.Net.Search;

namespace SpladeLucene;

/// <summary>What a <see cref="HybridSearcher"/> finds.</summary>
public sealed class HybridTopDocs : TopDocs
{
    internal HybridTopDocs(int totalHits, HybridHit[] hits, float maxScore, SparseEncodingException? failure)
        : base(totalHits, hits, maxScore) => (Hits, MeaningFailure) = (hits, failure);

    /// <summary>The hits, the best first: the same objects as <see cref="TopDocs.ScoreDocs"/>.</summary>
    public IReadOnlyList<HybridHit> Hits { get; }

    /// <summary>Why the words were searched for alone, the encoder having failed; null where nothing failed.</summary>
    public SparseEncodingException? MeaningFailure { get; }
}

/// <summary>A document that words, meaning or another ranking found, with what each of them gives it.</summary>
public sealed class HybridHit : ScoreDoc
{
    internal HybridHit(int doc, float score, IReadOnlyList<HybridPart> parts)
        : base(doc, score) => Parts = parts;

    /// <summary>What each side that found the document adds, in the order words, meaning, others.</summary>
    public IReadOnlyList<HybridPart> Parts { get; }

    /// <summary>The words' own score; null where the words don't match.</summary>
    public double? WordsScore => ScoreOf(HybridPart.Words);

    /// <summary>The SPLADE score; null where the document has no term of the query or is under its floor.</summary>
    public double? MeaningScore => ScoreOf(HybridPart.Meaning);

    private double? ScoreOf(string side)
    {
        foreach (HybridPart part in Parts)
        {
            if (part.Side == side) return part.Score;
        }

        return null;
    }
}

/// <summary>One side's part in a hit's fused score.</summary>
/// <param name="Side"><see cref="Words"/>, <see cref="Meaning"/>, or the name of another ranking.</param>
/// <param name="Score">The side's own score.</param>
/// <param name="Adds">What it adds to the fused score.</param>
public readonly record struct HybridPart(string Side, double Score, double Adds)
{
    /// <summary>What its score, normalized, is multiplied with; null where ranks are fused.</summary>
    public double? Weight { get; init; }

    /// <summary>The share of the question that it covers, whose square counts too; null where it doesn't count
    /// (<see cref="HybridOptions.WordsByCoverage"/>).</summary>
    public double? Coverage { get; init; }

    /// <summary>Its rank on that side, from 1, where ranks are fused; else null.</summary>
    public int? Rank { get; init; }

    /// <summary>The side of <see cref="HybridQuery.Words"/>.</summary>
    public const string Words = "words";

    /// <summary>The side of <see cref="HybridQuery.Meaning"/>.</summary>
    public const string Meaning = "meaning";
}
