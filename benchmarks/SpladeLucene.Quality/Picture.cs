using System.Globalization;
using System.Text;
using SpladeLucene.Evaluation;

namespace SpladeLucene.Quality;

/// <summary>nDCG@10 of each way of searching as bars with their intervals, one group a collection.</summary>
internal sealed class Picture
{
    private const int Left = 250, Wide = 420, BarHeight = 16, Step = 20, Right = 70;

    private readonly StringBuilder _bars = new();
    private int _height = 10;

    public bool IsEmpty => _bars.Length == 0;

    public void Add(Slice slice, IReadOnlyList<Run> runs)
    {
        _height += 24;
        Text(8, _height - 8, "title", $"{slice.Name} ({slice.Queries.Count})");
        foreach (Run run in runs)
        {
            Bar(run.Name, Bootstrap.Of([.. run.Measures.Select(one => one.Ndcg)]));
            _height += Step;
        }

        _height += 8;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $$"""
        <svg xmlns="http://www.w3.org/2000/svg" width="{{Left + Wide + Right}}" height="{{_height}}" role="img" aria-label="nDCG@10 of each way of searching">
        <style>
        svg { background: #fff; font: 12px sans-serif } text { fill: #222 } .title { font-weight: bold }
        .name { text-anchor: end } .bm25 { fill: #8a8a8a } .splade { fill: #2f6db5 } .both { fill: #2e8b57 } line { stroke: #111 }
        </style>
        {{_bars}}</svg>

        """);

    private void Bar(string name, Bootstrap value)
    {
        double middle = _height + (BarHeight / 2.0);
        Text(Left - 8, middle + 4, "name", name);
        Draw($"<rect class=\"{KindOf(name)}\" x=\"{Left}\" y=\"{_height}\" width=\"{value.Mean * Wide:0.#}\" height=\"{BarHeight}\"/>");
        Draw($"<line x1=\"{At(value.Low)}\" x2=\"{At(value.High)}\" y1=\"{middle}\" y2=\"{middle}\"/>");
        Text(Left + (value.High * Wide) + 6, middle + 4, "value", value.Mean.ToString("0.000", CultureInfo.InvariantCulture));
    }

    private static string At(double value) => (Left + (value * Wide)).ToString("0.#", CultureInfo.InvariantCulture);

    private static string KindOf(string name) =>
        name.StartsWith("BM25 +", StringComparison.Ordinal) ? "both"
        : name.StartsWith("BM25", StringComparison.Ordinal) ? "bm25" : "splade";

    private void Text(double x, double y, string kind, string text) => Draw(
        $"<text class=\"{kind}\" x=\"{x:0.#}\" y=\"{y:0.#}\">{System.Security.SecurityElement.Escape(text)}</text>");

    private void Draw(FormattableString element) => _bars.Append(element.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
