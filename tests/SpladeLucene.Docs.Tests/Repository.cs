using System.Reflection;

namespace SpladeLucene.Docs.Tests;

/// <summary>The checkout that the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    public static string PathOf(string relative) => Path.Combine(Root, relative);

    public static string Read(string relative) => File.ReadAllText(PathOf(relative)).ReplaceLineEndings("\n");

    /// <summary>The pages that people read, by their paths from the root.</summary>
    public static IEnumerable<string> Pages() =>
        Directory.EnumerateFiles(Root, "*.md", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
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
