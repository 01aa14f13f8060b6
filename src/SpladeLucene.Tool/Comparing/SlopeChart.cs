using System.Globalization;
using System.Net;
using System.Text;
using static System.FormattableString;

namespace SpladeLucene.Tool.Comparing;

/// <summary>
/// A drawing of each judged answer's rank on two sides: a line that rises is an answer that came further up. Ranks are spread
/// by their logarithm, since the first places matter most; what isn't found stands below all of them.
/// </summary>
internal static class SlopeChart
{
    private const int Width = 560, Height = 420, Left = 90, Right = Width - 90, Top = 40, Bottom = Height - 40, Lowest = 150;

    private static readonly int[] Ticks = [1, 2, 5, 10, 20, 50, 100];

    /// <summary>An SVG; each line of the first <paramref name="linked"/> queries links to its query's place in the page.</summary>
    public static string Of(IReadOnlyList<ComparedQuery> queries, int linked, Side from, Side to)
    {
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture,
            $"<svg class=\"chart\" viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"Ranks of the answers by {Name(from)} and by {Name(to)}\">");
        foreach (int tick in Ticks) Line(svg, "grid", tick, tick, $"{tick}");
        Line(svg, "grid", Lowest, Lowest, "not found");
        Text(svg, Left, from);
        Text(svg, Right, to);
        for (int i = 0; i < queries.Count; i++)
        {
            foreach (string answer in queries[i].Answers)
            {
                string slope = Slope(queries[i], answer, from, to);
                svg.Append(slope.Length > 0 && i < linked ? Invariant($"<a href=\"#q{i}\">{slope}</a>") : slope);
            }
        }

        return svg.Append("</svg>").ToString();
    }

    private static string Slope(ComparedQuery query, string answer, Side from, Side to)
    {
        int before = query.RankOf(answer, from) ?? Lowest, after = query.RankOf(answer, to) ?? Lowest;
        if (before == Lowest && after == Lowest) return "";
        string kind = after < before ? "better" : after > before ? "worse" : "level";
        return Invariant($"<line class=\"slope {kind}\" x1=\"{Left}\" y1=\"{Y(before):0.#}\" x2=\"{Right}\" y2=\"{Y(after):0.#}\">")
            + $"<title>{WebUtility.HtmlEncode(query.Query.Text)}: {Said(before)} → {Said(after)}</title></line>";
    }

    private static void Line(StringBuilder svg, string kind, int left, int right, string label) => svg.Append(CultureInfo.InvariantCulture,
        $"<line class=\"{kind}\" x1=\"{Left}\" y1=\"{Y(left):0.#}\" x2=\"{Right}\" y2=\"{Y(right):0.#}\"/>"
        + $"<text x=\"{Left - 8}\" y=\"{Y(left) + 4:0.#}\" text-anchor=\"end\">{label}</text><text x=\"{Right + 8}\" y=\"{Y(right) + 4:0.#}\">{label}</text>");

    private static void Text(StringBuilder svg, int x, Side side) => svg.Append(CultureInfo.InvariantCulture,
        $"<text class=\"axis\" x=\"{x}\" y=\"{Top - 18}\" text-anchor=\"middle\">{Name(side)}</text>");

    private static double Y(int rank) => Top + ((Bottom - Top) * Math.Log(rank) / Math.Log(Lowest));

    private static string Name(Side side) => side.ToString().ToLowerInvariant();

    private static string Said(int rank) => rank == Lowest ? "not found" : Invariant($"{rank}");
}
