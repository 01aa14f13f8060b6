using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace SideBySide.Web;

/// <summary>Reads the controls from an address: <c>model</c>, <c>fusion</c>, <c>floor</c>, <c>expansion</c>, <c>idf</c>.</summary>
internal static class PageSettings
{
    /// <exception cref="ArgumentException">A value is no number, out of its range, or names no model.</exception>
    public static RankingSettings Read(IQueryCollection asked, Rankings rankings)
    {
        var own = RankingSettings.Of(ModelOf(asked["model"], rankings) ?? rankings.Models[0]);
        return own with
        {
            Fusion = Number(asked, "fusion", own.Fusion),
            Floor = Number(asked, "floor", own.Floor),
            Expansion = Number(asked, "expansion", own.Expansion),
            Idf = Number(asked, "idf", own.Idf),
        };
    }

    /// <summary>The model of that name; null where none is named.</summary>
    public static SpladeModel? ModelOf(string? name, Rankings rankings) => string.IsNullOrEmpty(name)
        ? null
        : rankings.Models.FirstOrDefault(model => model.Name == name)
            ?? throw new ArgumentException($"There is no model '{name}' here: {string.Join(", ", rankings.Models.Select(model => model.Name))}.");

    private static double Number(IQueryCollection asked, string name, double own)
    {
        string? text = asked[name];
        if (string.IsNullOrEmpty(text)) return own;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            ? value
            : throw new ArgumentException($"The {name} '{text}' is no number.");
    }
}
