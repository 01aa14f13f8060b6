using System.CommandLine;
using System.Globalization;

namespace SpladeLucene.Benchmarks;

/// <summary>Options of the forms that the benchmarks' commands share.</summary>
internal static class BenchmarkOptions
{
    public static Option<string> Folder(string name, string otherwise, string description) =>
        new(name) { HelpName = "DIR", Description = description, DefaultValueFactory = _ => otherwise };

    public static Option<int> Number(string name, int least, int otherwise, string description)
    {
        var option = new Option<int>(name)
        {
            HelpName = "N", Description = description, DefaultValueFactory = _ => otherwise,
        };
        option.Validators.Add(given =>
        {
            if (given.Tokens is [{ Value: var text }] && int.TryParse(text, CultureInfo.InvariantCulture, out int number)
                && number < least)
            {
                given.AddError($"{name} takes whole numbers from {least} on, not '{text}'.");
            }
        });
        return option;
    }
}
