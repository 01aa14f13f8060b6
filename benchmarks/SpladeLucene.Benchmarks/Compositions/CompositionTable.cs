using System.Runtime.InteropServices;
using SpladeLucene.Benchmarks.Collections;
using SpladeLucene.Benchmarks.Reporting;

namespace SpladeLucene.Benchmarks.Compositions;

/// <summary>The times as Markdown, with what is asked of them.</summary>
internal sealed class CompositionTable(CompositionArguments arguments, CollectionFile collection,
    CompositionTimings timings, IReadOnlyList<Composition> likeWindows, IReadOnlyList<string> differences)
{
    private readonly Markdown _text = new();

    public string Render()
    {
        RenderHead();
        RenderChecks();
        RenderTimes();
        return _text.ToString();
    }

    private void RenderHead()
    {
        _text.Line($"# A SPLADE query in an application");
        _text.Line($"");
        _text.Line($"{arguments.Documents:N0} documents, {collection.Origin}, with a text for BM25 beside; one segment, one thread,");
        _text.Line($"top 10, {timings.Queries} queries, of each the least processor time of {arguments.Repeats} passes, garbage collection included.");
        _text.Line($"The IndexSearcher ran the first {timings.PlainQueries} of them in as many passes; what is set beside it is of the same queries.");
        _text.Line($"{Machine.Processor}, {Environment.ProcessorCount} processors, shared with other work; {RuntimeInformation.OSDescription};");
        _text.Line($"{RuntimeInformation.FrameworkDescription}. Compare ratios, not times. The command:");
        _text.Line($"");
        _text.Line($"    dotnet run -c Release --project benchmarks/SpladeLucene.Benchmarks -- compositions --documents {arguments.Documents} --seed {arguments.Seed} --queries {arguments.Queries} --repeats {arguments.Repeats} --compared {arguments.Compared} --floor {arguments.Floor}");
        _text.Line($"");
        if (differences.Count == 0)
            _text.Line($"Every composition's hits, order, score bits and count were those over Lucene's postings ({Math.Min(arguments.Compared, timings.Queries)} queries).");
        foreach (string difference in differences) _text.Line($"- {difference}");
    }

    private void RenderChecks()
    {
        _text.Table($"What is asked", "time", "of", "ratio", "at most");
        foreach (string floor in new[] { CompositionList.WithFloor, "" })
        {
            CheckHybrid(floor);
            CheckBoolean(floor);
        }

        foreach (Composition composition in likeWindows)
            Check(composition.Name, CompositionList.Windows, Ratio(composition.Name, CompositionList.Windows), 1.5);
        _text.Line($"");
        _text.Line($"A floor of {arguments.Floor} of the tenth-best hit's score, as models recommend one, leaves the hits that mean it. Without");
        _text.Line($"one nearly every document that shares a term is a hit, and Lucene hands each of them to its collector.");
    }

    private void CheckHybrid(string floor) => Check(CompositionList.Hybrid + floor, "BM25 alone + SPLADE alone" + floor,
        Of(CompositionList.Hybrid + floor).Time / (Of(CompositionList.Bm25).Time + Of(CompositionList.Bare + floor).Time), 1.3);

    private void CheckBoolean(string floor)
    {
        CompositionTiming both = Of(CompositionList.Both + floor), words = Of(CompositionList.Bm25);
        Check($"SPLADE's share of a {CompositionList.Both}{floor}", "its share in an IndexSearcher",
            (both.TimeBesidePlain - words.TimeBesidePlain)!.Value / (both.PlainTime - words.PlainTime)!.Value, 0.125);
    }

    private double Ratio(string one, string other) => Of(one).Time / Of(other).Time;

    private void Check(string time, string of, double ratio, double most) => _text.Row(time, of,
        Markdown.Number(ratio, "0.000"), Markdown.Number(most, "0.###") + (ratio <= most ? "" : ", missed"));

    private void RenderTimes()
    {
        string first = $"of the first {timings.PlainQueries}";
        _text.Table($"Times", "composition", "µs a query", first, $"{first}, in an IndexSearcher", "ratio", "hits a query");
        foreach (CompositionTiming timing in timings.All)
        {
            _text.Row(timing.Composition.Name, Markdown.Number(timing.Time, "N0"), Micros(timing.TimeBesidePlain),
                Micros(timing.PlainTime), Markdown.Ratio(timing.TimeBesidePlain, timing.PlainTime),
                Markdown.Number(timing.Hits, "N0"));
        }
    }

    private static string Micros(double? time) => time is { } known ? Markdown.Number(known, "N0") : "";

    private CompositionTiming Of(string name) => timings.All.Single(timing => timing.Composition.Name == name);
}
