using System.Text.RegularExpressions;
using SpladeLucene.Tool.Tests.Support;

namespace SpladeLucene.Tool.Tests.Comparing;

/// <summary>What <c>splade compare</c> writes, and what it refuses.</summary>
public sealed class CompareTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Report => _folder.PathOf("report.html");

    public async Task InitializeAsync()
    {
        string texts = _folder.Write("texts.jsonl", """
            {"_id": "d1", "text": "sick canine", "kind": "same"}
            {"_id": "d2", "text": "dog <b>food</b>", "kind": "same"}
            {"_id": "d3", "text": "agile fox"}
            """);
        _folder.Write("queries.tsv", "q1\tdog\nq2\t<script>fox</script>\nq3\tzebra\n");
        _folder.Write("qrels.txt", "q1 0 d1 1\nq2 0 d3 1\nq9 0 d1 1\n");
        _folder.Write("qrels9.txt", "q9 0 d1 1\n");
        Assert.Equal(0, (await ToolRun.Of("index", texts, _folder.PathOf("index"), "--model", "words")).ExitCode);
    }

    [Fact]
    public async Task Compare_JudgedQueries_MeasuresAndReports()
    {
        ToolRun run = await Compare("--qrels", _folder.PathOf("qrels.txt"), "--from", "text", "--json", "--runs", _folder.PathOf("runs"));

        Assert.Equal(0, run.ExitCode);
        // "dog" stands in another text than the one that was judged; q9 wasn't asked.
        Assert.Equal([("words", 0.5, 2), ("meaning", 1, 2), ("fused", 1, 2)], run.Objects.Where(one => one.GetProperty("type").GetString() == "mean"
            && one.GetProperty("measure").GetString() == "R@100").Select(one => (one.GetProperty("run").GetString(),
            one.GetProperty("value").GetDouble(), one.GetProperty("queries").GetInt32())));
        Assert.Equal(["q1 Q0 d2 1", "q2 Q0 d3 1"], Lines("runs/words.run"));
        string report = File.ReadAllText(Report);
        Assert.Contains("&lt;script&gt;fox&lt;/script&gt;", report, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", report, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>food", report, StringComparison.Ordinal);
        Assert.Equal(2, Regex.Count(report, "class=\"slope better\""));
        Assert.DoesNotMatch("(src|href)=\"(?!#)", report);
        Assert.Contains("&quot;dog&quot; stands in the query and stands in the document", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compare_MoreQueriesThanAreShown_EveryLinkLeadsSomewhere()
    {
        int[] numbers = [.. Enumerable.Range(0, 302)];
        _folder.Write("queries.tsv", string.Concat(numbers.Select(number => $"many{number}\tdog\n")));
        string qrels = _folder.Write("many.txt", string.Concat(numbers.Select(number => $"many{number} 0 d2 1\n")));

        Assert.Equal(0, (await Compare("--qrels", qrels)).ExitCode);

        string report = File.ReadAllText(Report);
        Assert.Equal(2 * 302, Regex.Count(report, "class=\"slope"));
        string[] places = [.. Regex.Matches(report, "<article id=\"(q[0-9]+)\"").Select(match => match.Groups[1].Value)];
        Assert.Equal(300, places.Length);
        Assert.Empty(Regex.Matches(report, "href=\"#(q[0-9]+)\"").Select(match => match.Groups[1].Value).Except(places));
    }

    [Fact]
    public async Task Compare_JudgementsOfOtherIds_SaysSo()
    {
        ToolRun run = await Compare("--qrels", _folder.Write("other.txt", "q1 0 x1 1\n"));

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("None of the judged documents is among the hits; is 'id' the field", run.Errors, StringComparison.Ordinal);
        Assert.Contains("2 queries of 3 without a judgement.", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compare_ShownFieldThatADocumentLacks_SaysSo()
    {
        Assert.Equal(0, (await Compare("--show", "kind")).ExitCode);

        string report = File.ReadAllText(Report);
        Assert.Contains("(d3 has no &#39;kind&#39; stored)", report, StringComparison.Ordinal);
        Assert.Contains(">same<", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compare_NothingJudged_OrdersByDifference()
    {
        ToolRun run = await Compare();

        Assert.Equal((0, ""), (run.ExitCode, run.Output));
        Assert.EndsWith($"Written: {Report}", run.Errors.TrimEnd(), StringComparison.Ordinal);
        string report = File.ReadAllText(Report);
        Assert.Contains("Nothing is judged here (--qrels)", report, StringComparison.Ordinal);
        Assert.DoesNotContain("<svg", report, StringComparison.Ordinal);
        Assert.Matches("zebra.*Nothing is found", report);
    }

    [Theory]
    [InlineData("The index has no field 'title'", "--words", "title")]
    [InlineData("'splade' is a SPLADE field and none of words.", "--words", "splade")]
    [InlineData("Several documents have 'same' as 'kind'", "--words", "text", "--id", "kind")]
    [InlineData("qrels9.txt' judges none of the queries: it has 'q9', they have 'q1'.", "--words", "text", "--qrels", "{0}/qrels9.txt")]
    [InlineData("' is a folder; --to names a file.", "--words", "text", "--to", "{0}")]
    [InlineData("There is no folder '", "--words", "text", "--to", "{0}/no/report.html")]
    [InlineData("' is read and can't be the report too.", "--words", "text", "--to", "{0}/queries.tsv")]
    [InlineData("The index has no field 'key'", "--words", "text", "--id", "key")]
    [InlineData("There is no file or folder 'nowhere'", "--words", "text", "--qrels", "nowhere")]
    [InlineData("Option '--words' is required.")]
    public async Task Compare_WrongUse_IsASentence(string reason, params string[] more)
    {
        string[] said = [.. more.Select(word => word.Replace("{0}", _folder.Root, StringComparison.Ordinal))];
        if (!said.Contains("--to")) said = [.. said, "--to", Report];

        ToolRun run = await ToolRun.Of(["compare", _folder.PathOf("index"), _folder.PathOf("queries.tsv"), "--field", "splade", "--model", "words", .. said]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(reason, run.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(Report));
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _folder.Dispose();

    private Task<ToolRun> Compare(params string[] more) => ToolRun.Of(["compare", _folder.PathOf("index"), _folder.PathOf("queries.tsv"),
        "--field", "splade", "--words", "text", "--model", "words", "--to", Report, .. more]);

    private IEnumerable<string> Lines(string name) =>
        File.ReadLines(_folder.PathOf(name)).Select(line => string.Join(' ', line.Split(' ')[..4]));
}
