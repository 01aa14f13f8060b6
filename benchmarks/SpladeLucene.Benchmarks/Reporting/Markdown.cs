using System.Globalization;
using System.Text;

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
        Row(columns);
        Row([.. columns.Select(_ => "---")]);
    }

    public void Row(params string[] cells) => _text.Append("| ").AppendJoin(" | ", cells).AppendLine(" |");

    public override string ToString() => _text.ToString();

    public static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    /// <summary>A time as a share of another: 1/5.0 where it is under half, 0.80 else, nothing where a time is missing.
    /// </summary>
    public static string Ratio(double? time, double? of) => (time, of) switch
    {
        ({ } one, { } other) when one < other / 2 => "1/" + Number(other / one, "0.0"),
        ({ } one, { } other) => Number(one / other, "0.00"),
        _ => "",
    };
}
