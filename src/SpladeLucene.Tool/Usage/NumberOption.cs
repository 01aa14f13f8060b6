using System.CommandLine;
using System.Globalization;
using System.Numerics;

namespace SpladeLucene.Tool.Usage;

/// <summary>Options whose value is a number, written the same in every culture.</summary>
internal static class NumberOption
{
    /// <summary>An option that is null unless it is said.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="helpName">What its value is called.</param>
    /// <param name="kind">What it is, such as <c>a number from 0 to 1</c>.</param>
    /// <param name="least">The least that it takes.</param>
    /// <param name="most">The most.</param>
    /// <param name="description">What it is for.</param>
    public static Option<T?> Create<T>(string name, string helpName, string kind, T least, T most, string description)
        where T : struct, INumber<T> => new(name)
        {
            HelpName = helpName, Description = description, Arity = ArgumentArity.ExactlyOne,
            CustomParser = result =>
            {
                string word = result.Tokens[0].Value;
                if (T.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out T number) && number >= least && number <= most)
                    return number;
                result.AddError($"{name} is {kind}, not '{word}'.");
                return null;
            },
        };
}
