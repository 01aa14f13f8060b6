using System.Globalization;
using System.Text.Json.Nodes;
using Lucene.Net.Documents;
using Lucene.Net.Search;
using Lucene.Net.Search.Similarities;
using Spectre.Console;
using SpladeLucene.Evaluation;
using SpladeLucene.Tool.Evaluating;
using SpladeLucene.Tool.Progress;
using SpladeLucene.Tool.Searching;

namespace SpladeLucene.Tool.Comparing;

/// <summary>Asks every query by words, by meaning and by both, measures, and writes what it found.</summary>
internal sealed class CompareSession(CompareRequest request, ToolConsole console, EvalWriter writer)
{
    private const int Depth = 100, Reasons = 3, Longest = 160;

    private static readonly Dictionary<string, int> NoGrades = new(StringComparer.Ordinal);

    private static readonly Measure[] Measures = [Measure.Parse("nDCG@10"), Measure.Parse("MRR@10"), Measure.Parse("R@100")];

    /// <exception cref="DirectoryNotFoundException">There is no index.</exception>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">The index lacks a field or is damaged, or no query is there.</exception>
    /// <exception cref="MalformedLineException">A line is not what it should be.</exception>
    public void Run(Func<ISparseEncoder> load, CancellationToken cancellation)
    {
        List<CollectionQuery> queries = request.ReadQueries();
        Qrels? qrels = request.ReadQrels(queries, console);
        request.RequirePlaces();
        using OpenedIndex index = OpenedIndex.Open(request.Index);
        index.Require([request.Field, .. request.Words, .. request.From, request.Id, .. request.Show is { } show ? [show] : Array.Empty<string>()]);
        index.RequireVectors(request.Field);
        if (request.Words.FirstOrDefault(field => SpladeFingerprint.Read(index.Reader, field).Count > 0) is { } splade)
            throw new InvalidDataException($"'{splade}' is a SPLADE field and none of words.");
        using ISparseEncoder encoder = load();
        ComparedQuery[] compared = AskWhole(index, encoder, queries, qrels, cancellation);
        Write(compared, qrels, (index.Reader.NumDocs, encoder.Fingerprint.Name), cancellation);
    }

    private ComparedQuery[] AskWhole(OpenedIndex index, ISparseEncoder encoder, List<CollectionQuery> queries, Qrels? qrels,
        CancellationToken cancellation)
    {
        try
        {
            return Ask(index, encoder, queries, qrels, cancellation);
        }
        catch (Exception problem) when (index.DamageBehind(problem) is { } damage)
        {
            throw new InvalidDataException(damage, problem);
        }
    }

    private ComparedQuery[] Ask(OpenedIndex index, ISparseEncoder encoder, List<CollectionQuery> queries, Qrels? qrels,
        CancellationToken cancellation)
    {
        var searcher = new SpladeSearcher(index.Reader);
        var bm25 = new IndexSearcher(index.Reader) { Similarity = new BM25Similarity() };
        var compared = new List<ComparedQuery>();
        using var progress = new WorkProgress(console.Error, "Queries", queries.Count);
        foreach (CollectionQuery query in queries)
        {
            cancellation.ThrowIfCancellationRequested();
            compared.Add(Ask(index, (bm25, searcher), encoder, query) with { Grades = qrels?.Of(query.Id) ?? NoGrades });
            progress.Report(compared.Count);
        }

        return [.. compared];
    }

    private ComparedQuery Ask(
        OpenedIndex index, (IndexSearcher Words, SpladeSearcher Meaning) searchers, ISparseEncoder encoder, CollectionQuery query)
    {
        SpladeQuery meaning = index.Meaning(request.Field, request.From, query.Text, encoder);
        BooleanQuery? words = WordsQuery.Of(request.Words, query.Text);
        ScoreDoc[] byMeaning = searchers.Meaning.Search(meaning, Depth).ScoreDocs;
        ScoreDoc[] byWords = words is null ? [] : searchers.Words.Search(words, Depth).ScoreDocs;
        ScoreDoc[] fused = new HybridSearcher(searchers.Meaning).Search(new HybridQuery(words, meaning), Depth).ScoreDocs;
        IEnumerable<TermMatch> reasons = byMeaning.Length == 0 ? []
            : SpladeExplainer.Matches(index.Reader, byMeaning[0].Doc, meaning).OrderByDescending(match => match.Score).Take(Reasons);
        return new ComparedQuery(query, NoGrades)
        {
            Hits = new Dictionary<Side, IReadOnlyList<ComparedHit>>
            {
                [Side.Words] = HitsOf(index, byWords), [Side.Meaning] = HitsOf(index, byMeaning), [Side.Fused] = HitsOf(index, fused),
            },
            Reasons = [.. reasons.Select(match => match.InWords())],
        };
    }

    // In the order of runs, so that what is shown, measured and written is one ranking.
    private ComparedHit[] HitsOf(OpenedIndex index, ScoreDoc[] found)
    {
        ComparedHit[] hits = Array.ConvertAll(found, hit => HitOf(index, hit));
        Array.Sort(hits, (one, other) => TrecRun.Compare(one.Score, one.Id, other.Score, other.Id));
        if (hits.CountBy(hit => hit.Id, StringComparer.Ordinal).FirstOrDefault(count => count.Value > 1).Key is { } twice)
            throw new InvalidDataException($"Several documents have '{twice}' as '{request.Id}'; --id names a field whose values are distinct.");
        return hits;
    }

    private ComparedHit HitOf(OpenedIndex index, ScoreDoc hit)
    {
        Document document = index.Reader.Document(hit.Doc);
        string id = document.Get(request.Id) ?? throw new InvalidDataException(
            $"Document {hit.Doc} has no stored '{request.Id}'; --id names the field that judgements know documents by.");
        if (request.Runs is not null && (id.Length == 0 || id.Any(char.IsWhiteSpace)))
            throw new InvalidDataException($"The id '{id}' is empty or has white space, and no run can hold it: leave --runs out.");
        string title = request.Show is { } shown ? document.Get(shown) ?? $"({id} has no '{shown}' stored)"
            : document.FirstOrDefault(field => field.Name != request.Id && field.GetStringValue() is { Length: > 0 })?.GetStringValue() ?? id;
        return new ComparedHit(id, title.ReplaceLineEndings(" ") is { Length: > Longest } line ? TextCut.At(line, Longest) + "…" : title.ReplaceLineEndings(" "), hit.Score);
    }

    private void Write(ComparedQuery[] compared, Qrels? qrels, (int Documents, string Model) of, CancellationToken cancellation)
    {
        Dictionary<Side, TrecRun> runs = Enum.GetValues<Side>().ToDictionary(side => side, side => RunOf(side, compared));
        Dictionary<Side, EvaluatedRun>? values = qrels is null || !compared.Any(query => query.Answers.Any()) ? null
            : runs.ToDictionary(run => run.Key, run => new EvaluatedRun(run.Value.Name, RunEvaluation.Of(run.Value, qrels.Only(compared.Select(each => each.Query.Id)), Measures, complete: true)));
        // Before anything is written, as it may be stopped.
        Dictionary<Side, Difference[]>? differences = values is null ? null
            : new[] { Side.Meaning, Side.Fused }.ToDictionary(side => side, side => Differences(values, side, cancellation));
        if (request.Runs is { } folder) foreach ((Side side, TrecRun run) in runs) Save(Path.Combine(folder, run.Name + ".run"), side, compared);
        if (values is not null)
        {
            if (!compared.Any(query => query.Answers.Any(answer => query.Hits.Values.Any(hits => hits.Any(hit => hit.Id == answer)))))
                console.Error.WriteLine($"None of the judged documents is among the hits; is '{request.Id}' the field that judgements know documents by (--id)?");
            writer.Means([.. values.Values], Measures);
            foreach ((Side side, Difference[] difference) in differences!) writer.Differences(values[Side.Words], values[side], difference);
        }

        var report = new CompareReport(request, of.Documents, of.Model, compared)
        {
            Values = values, Differences = differences is null ? null : side => differences[side], Measures = Measures,
        };
        File.WriteAllText(request.Report, report.ToHtml());
        if (console.IsJson) console.WriteObject(new JsonObject { ["type"] = "result", ["report"] = request.Report, ["queries"] = compared.Length, ["documents"] = of.Documents });
        else console.Error.WriteLine($"Written: {request.Report}");
    }

    private static Difference[] Differences(Dictionary<Side, EvaluatedRun> values, Side side, CancellationToken cancellation) =>
        [.. Measures.Select(measure => Difference.Of(measure, values[Side.Words].Values, values[side].Values, cancellation))];

    private static TrecRun RunOf(Side side, ComparedQuery[] compared) => TrecRun.Of(NameOf(side), compared.ToDictionary(
        query => query.Query.Id, query => query.Hits[side].ToDictionary(hit => hit.Id, hit => hit.Score, StringComparer.Ordinal), StringComparer.Ordinal));

    private static string NameOf(Side side) => side.ToString().ToLowerInvariant();

    private static void Save(string file, Side side, ComparedQuery[] compared)
    {
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        using var lines = new StreamWriter(file);
        foreach (ComparedQuery query in compared)
        {
            int rank = 0;
            foreach (ComparedHit hit in query.Hits[side])
            {
                lines.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{query.Query.Id} Q0 {hit.Id} {++rank} {hit.Score:R} {NameOf(side)}"));
            }
        }
    }
}
