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
        if (options.Encoder is not null)
            return options.Model is null ? null : $"{section} has a model and an encoder of its own: leave one out.";
        if (string.IsNullOrWhiteSpace(options.Model))
            return $"There is no model: set {section}:{nameof(options.Model)} to the folder that holds it.";
        (string? found, string[] places) = EncoderFactory.Find(services, options.Model);
        if (found is null)
            return $"The folder of {section}:{nameof(options.Model)} isn't there: {string.Join(" nor ", places)}.";
        return Unfit(section, options);
    }

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
            ? FormattableString.Invariant($"{name} is {value}. {message}") : message;
    }
}
