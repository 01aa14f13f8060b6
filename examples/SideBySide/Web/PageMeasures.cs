using System.Collections.Concurrent;
using SpladeLucene.Evaluation;

namespace SideBySide.Web;

/// <summary>Measures settings on the judged queries, and keeps what it has measured. Thread-safe.</summary>
internal sealed class PageMeasures(JudgedRun run)
{
    private const int MostKept = 200;

    private readonly ConcurrentDictionary<RankingSettings, Lazy<IReadOnlyList<Judged>>> _known = [];

    /// <summary>What the settings are worth, and what each of them that isn't the model's own changes.</summary>
    /// <param name="settings">As the controls stand.</param>
    /// <param name="first">The model that is no change.</param>
    public MeasureAnswer Measure(RankingSettings settings, SpladeModel first)
    {
        IReadOnlyList<Judged> rows = Rows(settings);
        if (rows.Count == 0) throw new ArgumentException("The collection has no judged queries to measure with.");
        double[] words = Ndcg(rows, row => row.Words);
        return new MeasureAnswer(rows.Count, Mean(rows, row => row.Words), Mean(rows, row => row.Meaning), Mean(rows, row => row.Fused),
            Weakness(rows), Kinds(rows), Examples(rows), Change(Ndcg(rows, row => row.Meaning), words), Change(Ndcg(rows, row => row.Fused), words),
            Others(settings, first).ToDictionary(other => other.Control, other => Effect(rows, Rows(other.Settings))));
    }

    /// <summary>Each judged query with the ranks of its answers.</summary>
    public IReadOnlyList<PageJudged> Judged(RankingSettings settings) => [.. Rows(settings).Select(row => new PageJudged(
        row.Query.Text, row.Kind, row.Words.Ndcg, row.Meaning.Ndcg, row.Fused.Ndcg, row.Answers,
        row.WordsTotal, row.MeaningTotal))];

    private IReadOnlyList<Judged> Rows(RankingSettings settings)
    {
        if (_known.Count > MostKept) _known.Clear();
        return _known.GetOrAdd(settings, asked => new Lazy<IReadOnlyList<Judged>>(() => run.Measure(asked))).Value;
    }

    private static PageWeakness Weakness(IReadOnlyList<Judged> rows)
    {
        double[] right = [.. rows.Where(row => row.IsRight).Select(row => row.Strength).Order()];
        double usual = right.Length == 0 ? 0 : right[right.Length / 20];
        return new PageWeakness(usual, rows.Count - right.Length, rows.Count(row => !row.IsRight && row.Strength < usual));
    }

    private static PageExample[] Examples(IReadOnlyList<Judged> rows) =>
        [.. Samples.Won(rows).Concat(Samples.Lost(rows)).Select(row => new PageExample(row.Query.Text, row.Gain))];

    private static PageKind[] Kinds(IReadOnlyList<Judged> rows) => [.. rows.GroupBy(row => row.Kind)
        .OrderBy(kind => kind.Key, StringComparer.Ordinal).Select(kind => new PageKind(kind.Key, kind.Count(),
            kind.Average(row => row.Words.Ndcg), kind.Average(row => row.Meaning.Ndcg), kind.Average(row => row.Fused.Ndcg)))];

    // For each control that was moved, the same settings with its own value.
    private static IEnumerable<(string Control, RankingSettings Settings)> Others(RankingSettings settings, SpladeModel first)
    {
        var own = RankingSettings.Of(settings.Model);
        if (settings.Fusion != own.Fusion) yield return ("fusion", settings with { Fusion = own.Fusion });
        if (settings.Floor != own.Floor) yield return ("floor", settings with { Floor = own.Floor });
        if (settings.Expansion != own.Expansion) yield return ("expansion", settings with { Expansion = own.Expansion });
        if (settings.Idf != own.Idf) yield return ("idf", settings with { Idf = own.Idf });
        if (settings.Model != first) yield return ("model", WithModel(settings, own, RankingSettings.Of(first)));
    }

    // Controls that were moved stay where they are; the others are at the other model's own.
    private static RankingSettings WithModel(RankingSettings settings, RankingSettings own, RankingSettings first) => first with
    {
        Fusion = settings.Fusion != own.Fusion ? settings.Fusion : first.Fusion,
        Floor = settings.Floor != own.Floor ? settings.Floor : first.Floor,
        Expansion = settings.Expansion != own.Expansion ? settings.Expansion : first.Expansion,
        Idf = settings.Idf != own.Idf ? settings.Idf : first.Idf,
    };

    private static PageEffect Effect(IReadOnlyList<Judged> now, IReadOnlyList<Judged> before) => new(
        Change(Ndcg(now, row => row.Meaning), Ndcg(before, row => row.Meaning)),
        Change(Ndcg(now, row => row.Fused), Ndcg(before, row => row.Fused)));

    private static PageChange Change(double[] values, double[] others)
    {
        var difference = Bootstrap.OfDifference(values, others);
        return new PageChange(difference.Mean, difference.Low, difference.High, difference.Low > 0 || difference.High < 0);
    }

    private static PageMeasure Mean(IReadOnlyList<Judged> rows, Func<Judged, Measures> side) => new(
        rows.Average(row => side(row).Ndcg), rows.Average(row => side(row).ReciprocalRank), rows.Average(row => side(row).Recall));

    private static double[] Ndcg(IReadOnlyList<Judged> rows, Func<Judged, Measures> side) => [.. rows.Select(row => side(row).Ndcg)];
}
