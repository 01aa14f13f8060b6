namespace SpladeLucene.Docs.Tests;

/// <summary>The pages of the checkout that people read.</summary>
internal static class DocsPages
{
    /// <summary>All, by their paths from the root.</summary>
    public static IEnumerable<string> Pages() =>
        Directory.EnumerateFiles(Repository.Root, "*.md", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'))
            .Where(path => !path.StartsWith("artifacts/", StringComparison.Ordinal));

    /// <summary>Those of the documentation's site: all of <c>docs/</c> but the packages' own page.</summary>
    public static IEnumerable<string> SitePages() =>
        Pages().Where(page => page.StartsWith("docs/", StringComparison.Ordinal) && page != "docs/package-readme.md");

    /// <summary>The code blocks of a language in a page's text, each with its line's end.</summary>
    public static string[] Blocks(string text, string language) =>
        [.. text.Split("```").Where((_, i) => i % 2 == 1)
            .Where(block => block.StartsWith(language + "\n", StringComparison.Ordinal))
            .Select(block => block[(language.Length + 1)..])];
}
