using Microsoft.Extensions.Options;

namespace SpladeLucene.Encoders;

/// <summary>Says what is wrong with an encoder's settings, as far as that can be said without its model.</summary>
internal sealed class SpladeOptionsValidator(IServiceProvider services) : IValidateOptions<SpladeOptions>
{
    public ValidateOptionsResult Validate(string? name, SpladeOptions options) =>
        Problem(EncoderRegistration.SectionOf(name), options) is { } problem
            ? ValidateOptionsResult.Fail(problem) : ValidateOptionsResult.Success;

    private string? Problem(string section, SpladeOptions options)
    {
        if (options.QueryCacheCapacity < 0)
            return $"{section}:{nameof(options.QueryCacheCapacity)} is {options.QueryCacheCapacity}, and 0 or more is expected.";
        if (options.EncoderFactory is not null)
            return OfTheModel(options) is { } setting ? $"{section} has {setting} and an encoder of its own: leave one out." : null;
        if (string.IsNullOrWhiteSpace(options.Model))
            return $"There is no model: set {section}:{nameof(options.Model)} to the folder that holds it.";
        (string? found, string[] places) = EncoderFactory.Find(services, options.Model);
        if (found is null)
            return $"The folder of {section}:{nameof(options.Model)} isn't there: {string.Join(" nor ", places)}.";
        return Unfit(section, options);
    }

    /// <summary>The first setting of a model's folder.</summary>
    private static string? OfTheModel(SpladeOptions options) => new (string Name, bool IsSet)[]
    {
        ("a model", options.Model is not null), (nameof(options.ModelFile), options.ModelFile is not null),
        (nameof(options.MaxTokens), options.MaxTokens is not null), (nameof(options.MaxQueryTokens), options.MaxQueryTokens is not null),
        (nameof(options.MaxTextTokens), options.MaxTextTokens is not null),
        (nameof(options.QueryExpansionWeight), options.QueryExpansionWeight is not null),
        (nameof(options.QueryIdfExponent), options.QueryIdfExponent is not null),
        (nameof(options.QueryTermSaturation), options.QueryTermSaturation is not null),
        (nameof(options.FloorShare), options.FloorShare is not null), (nameof(options.FusionWeight), options.FusionWeight is not null),
        (nameof(options.BatchTokenBudget), options.BatchTokenBudget is not null),
        (nameof(options.IntraOpThreads), options.IntraOpThreads is not null),
        (nameof(options.SessionOptionsFactory), options.SessionOptionsFactory is not null),
        (nameof(options.Windows), options.Windows is not { Tokens: null, Overlap: null, Merge: null, Saturation: null, LengthPenalty: null }),
        (nameof(options.Pruning), options.Pruning is not { MinWeight: null, MinRatio: null, MaxTerms: null }),
        (nameof(options.QueryPruning), options.QueryPruning is not { MinWeight: null, MinRatio: null, MaxTerms: null }),
        (nameof(options.Length), options.Length is not { Exponent: null, Norm: null }),
    }.FirstOrDefault(setting => setting.IsSet).Name;

    private static string? Unfit(string section, SpladeOptions options)
    {
        try
        {
            // Every range that no model changes.
            _ = OnnxSettings.Of(options).Adjust!(new(
                new TextWindows(int.MaxValue - 1, 0, WindowMerge.Saturated(0, 0)), Pruning.None, Pruning.None, LengthNormalization.None));
            return null;
        }
        catch (ArgumentException problem)
        {
            return $"{section}: {OptionsProblem.InOneLine(problem)}";
        }
        catch (InvalidOperationException problem)
        {
            return $"{section}: {problem.Message}";
        }
    }
}

/// <summary>What a setting's own type says about a value, for people who see no stack.</summary>
internal static class OptionsProblem
{
    public static string InOneLine(Exception problem)
    {
        if (problem is not ArgumentException { ParamName: { } name }) return problem.Message;
        string message = problem.Message.Split(" (Parameter", 2)[0];
        return problem is ArgumentOutOfRangeException { ActualValue: { } value }
            ? FormattableString.Invariant($"{name} is {value}; {char.ToLowerInvariant(message[0])}{message[1..]}") : message;
    }
}
