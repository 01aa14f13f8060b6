using System.Text.RegularExpressions;

namespace SpladeLucene.Docs.Tests;

public sealed partial class LinkTests
{
    public static TheoryData<string> Pages => [.. DocsPages.Pages()];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Page_LinksIntoTheRepository_LeadSomewhere(string page)
    {
        string folder = Path.GetDirectoryName(Repository.PathOf(page))!;

        IEnumerable<string> broken = Link().Matches(Repository.Read(page)).Select(match => match.Groups[1].Value)
            .Where(link => !link.Contains("://", StringComparison.Ordinal))
            .Where(link => !Path.Exists(Path.Combine(folder, link)));

        Assert.Empty(broken);
    }

    [Fact]
    public void Site_EachPage_StandsInItsContentsAndItsIndex()
    {
        string contents = Repository.Read("docs/site/toc.yml"), index = Repository.Read("docs/README.md");

        Assert.All(DocsPages.SitePages().Where(page => page != "docs/README.md").Select(page => Path.GetFileName(page)), page =>
        {
            Assert.Contains($"href: {page}\n", contents, StringComparison.Ordinal);
            Assert.Contains($"]({page})", index, StringComparison.Ordinal);
        });
    }

    // A package's page is read far from the repository.
    [Fact]
    public void PackageReadme_Links_AreAbsolute() =>
        Assert.All(
            Link().Matches(Repository.Read("docs/package-readme.md")).Select(match => match.Groups[1].Value),
            link => Assert.StartsWith("https://", link, StringComparison.Ordinal));

    [GeneratedRegex(@"\]\(([^)#\s]+)(?:#[^)]*)?\)")]
    private static partial Regex Link();
}
