using System.Globalization;
using System.Text;
using SpladeLucene.Benchmarks.Shared;

namespace SpladeLucene.Benchmarks.Reporting;

/// <summary>Lines of Markdown, with numbers written the same way everywhere.</summary>
internal sealed class Markdown
{
    private readonly StringBuilder _text = new();

    public void Line(FormattableString line) => _text.AppendLine(line.ToString(CultureInfo.InvariantCulture));

    /// <summary>A heading and the head of a table.</summary>
    public void Table(FormattableString heading, params string[] columns)
    {
        Line($"");
        Line($"## {heading.ToString(CultureInfo.InvariantCulture)}");
        Line($"");
        _text.AppendLine(MarkdownTable.Head(columns));
    }

    public void Row(params string[] cells) => _text.AppendLine(MarkdownTable.Row(cells));

    public override string ToString() => _text.ToString();

    public static string Number(double value, string format) => MarkdownTable.Number(value, format);

    /// <summary>A time as a share of another: 1/5.0 where it is under half, 0.80 else, nothing where a time is missing.
    /// </summary>
    public static string Ratio(double? time, double? of) => (time, of) switch
    {
        ({ } one, { } other) when one < other / 2 => "1/" + Number(other / one, "0.0"),
        ({ } one, { } other) => Number(one / other, "0.00"),
        _ => "",
    };
}
