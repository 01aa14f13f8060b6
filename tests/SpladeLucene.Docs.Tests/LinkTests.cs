using System.Text.RegularExpressions;

namespace SpladeLucene.Docs.Tests;

public sealed partial class LinkTests
{
    public static TheoryData<string> Pages => [.. Repository.Pages()];

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

    // A package's page is read far from the repository.
    [Fact]
    public void PackageReadme_Links_AreAbsolute() =>
        Assert.All(
            Link().Matches(Repository.Read("docs/package-readme.md")).Select(match => match.Groups[1].Value),
            link => Assert.StartsWith("https://", link, StringComparison.Ordinal));

    [GeneratedRegex(@"\]\(([^)#\s]+)(?:#[^)]*)?\)")]
    private static partial Regex Link();
}
