using System.Text.Json;
using SpladeLucene.Docs.Tests.Shell;
using SpladeLucene.Tool.Tests.Support;

namespace SpladeLucene.Docs.Tests;

/// <summary>The table of docs/tool.md says just what the tool writes for programs.</summary>
[Collection(nameof(WholeProcess))]
public sealed class JsonSchemaTests
{
    private const string Model = "--model splade-tiny-en";

    // In an order in which each finds what those before it have made.
    private static readonly string[] Lines =
    [
        $"index articles.csv my-index --from title --from body {Model}", $"reindex old-index new-index --from body --to splade {Model}",
        "import vectors.jsonl.gz imported --format anserini --to splade", $"search my-index dog --field splade --words body {Model} --explain",
        $"search my-index dog --field splade {Model}", "inspect my-index", "inspect my-index --document 0", "inspect my-index --terms a",
        "inspect my-index --map", $"encode dog {Model}", $"compare my-index queries.tsv --field splade --words body --qrels qrels.txt {Model} --to page.html",
        "eval qrels.txt bm25.run splade.run --per-query", $"calibrate my-collection {Model}", $"export my-collection {Model} --format json --to out.jsonl",
        $"export my-index {Model} --format json --queries queries.tsv --to asked.jsonl",
        "model inspect my-model", "model fuse my-model fused", "inspect nowhere",
    ];

    // Short work tells none.
    private static readonly string[] Unseen = ["index progress", "import progress"];

    [Fact]
    public async Task Table_OfMembers_IsWhatIsWritten()
    {
        Dictionary<string, string[]> documented = Documented();
        var seen = new Dictionary<string, List<string[]>>(StringComparer.Ordinal);
        using var folder = new ToolFolder();
        foreach (string line in Lines)
        {
            ToolRun run = await ToolRun.Of(ToolFolder.Load, [.. line.Split(' '), "--json"]);
            Assert.True(run.Objects.Count > 0, $"{line}: {run.Errors}");
            foreach (JsonElement each in run.Objects)
            {
                string type = each.GetProperty("type").GetString()!;
                string key = type == "error" ? "all error" : $"{line[..(line.StartsWith("model", StringComparison.Ordinal) ? line.IndexOf(' ', 6) : line.IndexOf(' '))]} {type}";
                if (!seen.TryGetValue(key, out List<string[]>? members)) seen[key] = members = [];
                members.Add([.. each.EnumerateObject().Select(member => member.Name).Where(name => name != "type")]);
            }
        }

        Assert.Equal(documented.Keys.Except(Unseen).Order(StringComparer.Ordinal), seen.Keys.Except(Unseen).Order(StringComparer.Ordinal));
        Assert.All(seen, one => Assert.All(one.Value, members => RequireDocumented(one.Key, documented[one.Key], members)));
        Assert.All(seen, one => Assert.Equal((one.Key, true), (one.Key, documented[one.Key].Select(Bare).ToHashSet().SetEquals(one.Value.SelectMany(members => members)))));
    }

    private static void RequireDocumented(string key, string[] documented, string[] members)
    {
        Assert.True(members.All(name => documented.Select(Bare).Contains(name)), $"{key} has {string.Join(", ", members)}");
        Assert.True(documented.Where(name => name[0] != '[').All(members.Contains), $"{key} has only {string.Join(", ", members)}");
    }

    private static string Bare(string name) => name.TrimStart('[');

    // Those in brackets keep the first one's, each by itself.
    private static Dictionary<string, string[]> Documented() => Repository.Read("docs/tool.md").Split('\n')
        .Select(line => line.Split('|', StringSplitOptions.TrimEntries)).Where(row => row.Length == 5 && row[2].StartsWith('`') && row[2] != "`type`")
        .ToDictionary(row => $"{row[1].Trim('`')} {row[2].Trim('`')}", row => Members(row[3]), StringComparer.Ordinal);

    private static string[] Members(string cell)
    {
        bool optional = false;
        return [.. cell.Split(", ").Select(name =>
        {
            optional |= name.StartsWith('[');
            string member = (optional ? "[" : "") + name.Trim('[', ']');
            optional &= !name.EndsWith(']');
            return member;
        })];
    }
}
