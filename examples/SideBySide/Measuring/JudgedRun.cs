using System.Diagnostics;
using SpladeLucene;
using SpladeLucene.Evaluation;

namespace SideBySide;

/// <summary>Asks all judged queries under some settings. Thread-safe.</summary>
internal sealed class JudgedRun(Rankings rankings, TestCollection set)
{
    /// <summary>How deep a relevant document is looked for.</summary>
    public const int Depth = 100;

    /// <summary>The queries with a relevant document, in the order of their file.</summary>
    public IReadOnlyList<CollectionQuery> Queries { get; } = Slice.Of("all", set).Queries;

    /// <summary>Asks and measures them all.</summary>
    /// <param name="settings">How meaning is searched and fused.</param>
    /// <param name="progress">Told after each query; null for nobody.</param>
    /// <param name="cancellation">Ends it between two queries.</param>
    public IReadOnlyList<Judged> Measure(
        RankingSettings settings, IProgress<SpladeProgress>? progress = null, CancellationToken cancellation = default)
    {
        var clock = Stopwatch.StartNew();
        var rows = new List<Judged>();
        foreach (CollectionQuery query in Queries)
        {
            cancellation.ThrowIfCancellationRequested();
            rows.Add(Measure(query, settings));
            progress?.Report(new SpladeProgress(rows.Count, Queries.Count, clock.Elapsed));
        }

        return rows;
    }

    private Judged Measure(CollectionQuery query, RankingSettings settings)
    {
        IReadOnlyDictionary<string, int> grades = set.Qrels.Of(query.Id);
        Found found = rankings.Search(query.Text, settings, Depth, anew: false);
        string[] words = Ids(found.Words), meaning = Ids(found.Meaning), fused = Ids(found.Fused);
        JudgedAnswer[] answers = [.. grades.Where(grade => grade.Value > 0).Select(grade => new JudgedAnswer(
            grade.Key, Rank(words, grade.Key), Rank(meaning, grade.Key), Rank(fused, grade.Key)))];
        return new Judged(query, Measures.Of(words, grades), Measures.Of(meaning, grades), Measures.Of(fused, grades), answers,
            found.WordsTotal, found.MeaningTotal, found.Strength, found.Times, rankings.HasCommonWord(query.Text));
    }

    private static string[] Ids(IReadOnlyList<Hit> hits) => [.. hits.Select(hit => hit.Id)];

    private static int? Rank(string[] ids, string id) => Array.IndexOf(ids, id) is var at and >= 0 ? at + 1 : null;
}
