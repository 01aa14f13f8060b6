using System.Globalization;

namespace SpladeLucene.Evaluation;

/// <summary>A measure of <see cref="RetrievalMetrics"/> with its depth, such as nDCG@10. Immutable, thread-safe.</summary>
public sealed record Measure
{
    private static readonly (string Name, string[] Others, Func<IReadOnlyList<string>, IReadOnlyDictionary<string, int>, int, double> Of)[] Known =
    [
        ("nDCG", ["ndcg_cut"], RetrievalMetrics.Ndcg),
        ("MRR", ["recip_rank", "rr"], RetrievalMetrics.ReciprocalRank),
        ("MAP", ["map_cut", "ap"], RetrievalMetrics.AveragePrecision),
        ("R", ["recall"], RetrievalMetrics.Recall),
        ("P", ["precision"], RetrievalMetrics.Precision),
    ];

    private readonly int _kind;

    private Measure(int kind, int? depth)
    {
        _kind = kind;
        Depth = depth;
    }

    /// <summary>How many documents of a ranking count; null for all.</summary>
    public int? Depth { get; }

    /// <summary>
    /// Reads <c>nDCG@10</c>, <c>MRR@10</c>, <c>MAP</c>, <c>R@100</c> or <c>P@10</c> in any case and with any depth, or
    /// trec_eval's names for them (<c>ndcg_cut_10</c>, <c>recip_rank</c>, <c>map</c>, <c>recall_100</c>, <c>P_10</c>).
    /// </summary>
    /// <exception cref="FormatException">It is none of them, its depth is under 1, or R or P has none.</exception>
    public static Measure Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int cut = text.LastIndexOfAny(['@', '_']);
        int depth = 0;
        bool hasDepth = cut > 0 && int.TryParse(text.AsSpan(cut + 1), NumberStyles.None, CultureInfo.InvariantCulture, out depth);
        string name = hasDepth ? text[..cut] : text;
        int kind = Array.FindIndex(Known, known => Is(known.Name, name) || known.Others.Any(other => Is(other, name)));
        if (kind < 0 || (!hasDepth && Known[kind].Name is ("R" or "P")))
            throw new FormatException($"'{text}' is no measure; expected nDCG@10, MRR@10, MAP, R@100 or P@10, with any depth.");
        if (!hasDepth) return new Measure(kind, null);
        return depth > 0 ? new Measure(kind, depth) : throw new FormatException($"'{text}' has the depth 0; expected 1 or more.");
    }

    /// <summary>What a ranking is worth by it, 0 to 1.</summary>
    /// <param name="ranking">Document ids, best first, none twice.</param>
    /// <param name="grades">The query's judgements.</param>
    public double Of(IReadOnlyList<string> ranking, IReadOnlyDictionary<string, int> grades) =>
        Known[_kind].Of(ranking, grades, Depth ?? int.MaxValue);

    /// <summary>Its name in the usual writing, such as <c>nDCG@10</c>.</summary>
    public override string ToString() => Depth is { } depth
        ? string.Create(CultureInfo.InvariantCulture, $"{Known[_kind].Name}@{depth}") : Known[_kind].Name;

    private static bool Is(string name, string text) => name.Equals(text, StringComparison.OrdinalIgnoreCase);
}
