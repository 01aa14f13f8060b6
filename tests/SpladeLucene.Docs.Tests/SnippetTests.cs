namespace SpladeLucene.Docs.Tests;

/// <summary>The C# that pages show is code that runs: of a test in <c>Snippets/</c>, or of an example.</summary>
public sealed class SnippetTests
{
    private static readonly string[] Languages = ["csharp", "sh", "text", "json", "xml", "dockerfile"];

    private static readonly int[] Indents = [0, 4, 8, 12];

    private static readonly Lazy<string[]> Sources = new(() => [.. new[] { "tests/SpladeLucene.Docs.Tests/Snippets", "tests/SpladeLucene.Hosts.Tests", "examples" }
        .SelectMany(folder => Directory.EnumerateFiles(Repository.PathOf(folder), "*.cs", SearchOption.AllDirectories))
        .Select(Repository.Read).SelectMany(source => Indents.Select(indent => Unindented(source, indent)))]);

    public static TheoryData<string> Pages => [.. DocsPages.SitePages()];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Page_EachCodeBlock_IsPartOfCodeThatRuns(string page) =>
        Assert.All(DocsPages.Blocks(Marked(page), "csharp"), block =>
            Assert.Contains(Sources.Value, source => source.Contains("\n" + block, StringComparison.Ordinal)));

    // A block in another language would be looked at by nobody.
    [Theory]
    [MemberData(nameof(Pages))]
    public void Page_EachBlock_SaysItsLanguage(string page) =>
        Assert.All(Repository.Read(page).Split("```").Where((_, i) => i % 2 == 1),
            block => Assert.Contains(block[..block.IndexOf('\n', StringComparison.Ordinal)], Languages));

    // Of a page that says which of its code is compiled, as other hosts' packages aren't all to be had, only that.
    private static string Marked(string page)
    {
        const string Mark = "<!-- compiled -->\n";
        string text = Repository.Read(page);
        return !text.Contains(Mark, StringComparison.Ordinal) ? text
            : string.Concat(text.Split(Mark).Skip(1).Select(part => string.Join("```", part.Split("```").Take(2)) + "```\n"));
    }

    // Lines of the same depth and deeper lose it; the others are none of a snippet's.
    private static string Unindented(string source, int indent) => "\n" + string.Join('\n', source.Split('\n')
        .Select(line => line.Length == 0 ? line : line.StartsWith(new string(' ', indent), StringComparison.Ordinal) ? line[indent..] : "\0"));
}
