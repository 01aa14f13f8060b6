using System.Globalization;

namespace SpladeLucene.Benchmarks.Shared;

/// <summary>Lines of a Markdown table, with numbers written the same way everywhere.</summary>
internal static class MarkdownTable
{
    /// <summary>The names of the columns and the line below them.</summary>
    public static string Head(params string[] columns) =>
        $"{Row(columns)}\n{Row([.. columns.Select(_ => "---")])}";

    public static string Row(params string[] cells) => $"| {string.Join(" | ", cells)} |";

    public static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
