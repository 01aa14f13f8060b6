using Microsoft.Extensions.Options;

namespace SpladeLucene.Indexes;

/// <summary>Says what is wrong with an index's settings, as far as that can be said without opening it.</summary>
internal sealed class SpladeIndexOptionsValidator : IValidateOptions<SpladeIndexOptions>
{
    public ValidateOptionsResult Validate(string? name, SpladeIndexOptions options) =>
        Problem(IndexRegistration.SectionOf(name), options) is { } problem
            ? ValidateOptionsResult.Fail(problem) : ValidateOptionsResult.Success;

    private static string? Problem(string section, SpladeIndexOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.Directory) == (options.DirectoryFactory is null))
        {
            return options.DirectoryFactory is null
                ? $"There is no directory: set {section}:{nameof(options.Directory)} to the folder of the index."
                : $"{section} has a directory and opens one of its own: leave one out.";
        }

        if (options.ImpactFolder is { } impacts && string.IsNullOrWhiteSpace(impacts))
            return $"{section}:{nameof(options.ImpactFolder)} is blank; leave it out to keep impacts on the heap.";
        return ProblemOfFields(section, options) ?? ProblemOfNumbers(section, options);
    }

    private static string? ProblemOfFields(string section, SpladeIndexOptions options)
    {
        if (options.Sources is null or { Count: 0 })
            return $"There are no source fields: set {section}:{nameof(options.Sources)} to the fields whose texts are searched.";
        string[] names = [.. options.Sources, .. options.Keywords ?? [], options.KeyField, options.Field];
        if (names.Any(string.IsNullOrWhiteSpace)) return $"A field of {section} has a blank name.";
        string? twice = names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1)?.Key;
        if (twice is not null)
            return $"The field '{twice}' stands twice in {section}; sources, keywords, the key and the SPLADE field are different ones.";
        if (!Enum.IsDefined(options.Encoding)) return $"{section}:{nameof(options.Encoding)} is no encoding.";
        return options.Offsets && options.Encoding != WeightEncoding.Payload
            ? $"{section}:{nameof(options.Offsets)} goes with {nameof(WeightEncoding.Payload)} as {section}:{nameof(options.Encoding)}." : null;
    }

    private static string? ProblemOfNumbers(string section, SpladeIndexOptions options)
    {
        string? Wrong(bool isWrong, string setting, object? value, string expected) => isWrong
            ? FormattableString.Invariant($"{section}:{setting} is {value}, and {expected} is expected.") : null;
        return Wrong(options.BatchSize < 1, nameof(options.BatchSize), options.BatchSize, "1 or more")
            ?? Wrong(options.ImpactBudgetInBytes < 0, nameof(options.ImpactBudgetInBytes), options.ImpactBudgetInBytes, "0 or more")
            ?? Wrong(!IsInterval(options.RefreshInterval), nameof(options.RefreshInterval), options.RefreshInterval, "0, or 1 ms to 24 days")
            ?? Wrong(!IsInterval(options.CommitInterval), nameof(options.CommitInterval), options.CommitInterval, "0, or 1 ms to 24 days")
            ?? Wrong(options.MeaningWeight is { } share && !(share >= 0 && share <= 1), nameof(options.MeaningWeight),
                options.MeaningWeight, "0 to 1");
    }

    // What timers can wait for.
    private static bool IsInterval(TimeSpan interval) =>
        interval == TimeSpan.Zero || (interval >= TimeSpan.FromMilliseconds(1) && interval <= TimeSpan.FromDays(24));
}
