using System.Globalization;

namespace SideBySide;

/// <summary>What can be turned while looking: each value is the model's own until it is changed.</summary>
internal sealed record RankingSettings
{
    /// <summary>The model that meaning is searched with.</summary>
    public required SpladeModel Model { get; init; }

    /// <summary>The meaning's share of a fused score, 0 to 1.</summary>
    public double Fusion
    {
        get;
        init => field = Within(value, 1, "fusion weight");
    }

    /// <summary>What a hit scores at least, as a share of the tenth-best score (and half of it of the best), 0 to 1.</summary>
    public double Floor
    {
        get;
        init => field = Within(value, 1, "floor");
    }

    /// <summary>What the query's expansions are multiplied by, 0 to 2.</summary>
    public double Expansion
    {
        get;
        init => field = Within(value, 2, "expansion weight");
    }

    /// <summary>How much terms count less that are frequent in the index, 0 to 2.</summary>
    public double Idf
    {
        get;
        init => field = Within(value, 2, "idf exponent");
    }

    /// <summary>What the model was calibrated with.</summary>
    public static RankingSettings Of(SpladeModel model) => new()
    {
        Model = model,
        Fusion = Plain(model.Encoder.FusionWeight ?? 0.5f),
        Floor = Plain(model.Encoder.FloorShare),
        Expansion = Plain(model.Encoder.QueryExpansionWeight),
        Idf = Plain(model.Encoder.QueryIdfExponent),
    };

    // A float's 0.35 is not the 0.35 that a person types.
    private static double Plain(float value) => double.Parse(value.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static double Within(double value, double most, string name) => value >= 0 && value <= most
        ? value
        : throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
            $"The {name} {value} does not lie between 0 and {most}."));
}
