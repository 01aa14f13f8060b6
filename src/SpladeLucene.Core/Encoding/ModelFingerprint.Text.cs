using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace SpladeLucene;

public sealed partial record ModelFingerprint
{
    /// <summary>How many hexadecimal digits of a SHA-256 a fingerprint keeps: 48 bits, to tell models apart.</summary>
    private const int HashDigits = 12;

    /// <summary>A fingerprint's form of a hash: 12 lower-case hexadecimal digits of the SHA-256 of a stream.</summary>
    public static string Hash(Stream content) => Shorten(SHA256.HashData(content));

    /// <inheritdoc cref="Hash(Stream)"/>
    public static string Hash(ReadOnlySpan<byte> content) => Shorten(SHA256.HashData(content));

    /// <summary>
    /// One line that <see cref="TryParse"/> reads back. Ratio, windows, length and the limit of a text stand there where
    /// there are any.
    /// </summary>
    public override string ToString()
    {
        string limit = Pruning.MaxTerms == int.MaxValue
            ? "all" : Pruning.MaxTerms.ToString(CultureInfo.InvariantCulture);
        string ratio = Pruning.MinRatio == 0 ? ""
            : string.Create(CultureInfo.InvariantCulture, $" ratio={Pruning.MinRatio:R}");
        string windows = Windows == TextWindows.None ? "" : string.Create(
            CultureInfo.InvariantCulture, $" windows={Windows.Tokens}/{Windows.Overlap}/{Windows.Merge}");
        string length = Length == LengthNormalization.None ? ""
            : string.Create(CultureInfo.InvariantCulture, $" length={Length.Exponent:R}/{Length.Norm:R}");
        string read = TextTokens == int.MaxValue ? "" : string.Create(CultureInfo.InvariantCulture, $" read={TextTokens}");
        return string.Create(CultureInfo.InvariantCulture,
            $"{Name} model={ModelHash} vocabulary={VocabularyHash} head={Head} tokens={MaxTokens} terms={limit} ")
            + string.Create(CultureInfo.InvariantCulture, $"minimum={Pruning.MinWeight:R}") + ratio + windows + length + read;
    }

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <returns>Whether <paramref name="text"/> is a fingerprint.</returns>
    public static bool TryParse(string text, [NotNullWhen(true)] out ModelFingerprint? fingerprint)
    {
        fingerprint = null;
        Match match = Line().Match(text);
        string Part(string name) => match.Groups[name].Value;
        string[] words = [Part("name"), Part("model"), Part("vocabulary"), Part("head")];
        if (!match.Success || words.Any(word => word.Length > LongestWord)
            || !int.TryParse(Part("tokens"), CultureInfo.InvariantCulture, out int tokens)
            || !TryParsePruning(Part("terms"), Part("minimum"), Part("ratio"), out Pruning? pruning)
            || !TryParseWindows(Part("windows"), Part("overlap"), Part("merge"), out TextWindows? windows)
            || !TryParseLength(Part("exponent"), Part("norm"), out LengthNormalization? length)
            || !TryParseRead(Part("read"), out int read))
            return false;
        fingerprint = new ModelFingerprint(
            Part("name"), Part("model"), Part("vocabulary"), Part("head"), tokens, pruning)
        {
            Windows = windows, Length = length, TextTokens = read,
        };
        return true;
    }

    private static bool TryParsePruning(
        string terms, string minimum, string ratio, [NotNullWhen(true)] out Pruning? pruning)
    {
        pruning = null;
        float share = 0;
        if (ratio.Length > 0 && !float.TryParse(ratio, CultureInfo.InvariantCulture, out share)) return false;
        if (!Pruning.MinRatios.Contains(share)) return false;
        int limit = int.MaxValue;
        if (terms != "all" && !int.TryParse(terms, CultureInfo.InvariantCulture, out limit)) return false;
        if (!float.TryParse(minimum, CultureInfo.InvariantCulture, out float weight)) return false;
        if (!Pruning.TermLimits.Contains(limit) || !Pruning.MinWeights.Contains(weight)) return false;
        pruning = new Pruning { MaxTerms = limit, MinWeight = weight, MinRatio = share };
        return true;
    }

    private static bool TryParseWindows(
        string tokens, string overlap, string merge, [NotNullWhen(true)] out TextWindows? windows)
    {
        windows = TextWindows.None;
        return tokens.Length == 0
            || (int.TryParse(tokens, CultureInfo.InvariantCulture, out int most)
                && int.TryParse(overlap, CultureInfo.InvariantCulture, out int shared)
                && WindowMerge.Parse(merge) is { } parsed
                && TextWindows.TryCreate(most, shared, parsed, out windows));
    }

    private static bool TryParseLength(
        string exponent, string norm, [NotNullWhen(true)] out LengthNormalization? length)
    {
        length = LengthNormalization.None;
        return exponent.Length == 0
            || (float.TryParse(exponent, CultureInfo.InvariantCulture, out float power)
                && float.TryParse(norm, CultureInfo.InvariantCulture, out float unchanged)
                && LengthNormalization.TryCreate(power, unchanged, out length));
    }

    private static bool TryParseRead(string text, out int tokens)
    {
        tokens = int.MaxValue;
        return text.Length == 0 || (int.TryParse(text, CultureInfo.InvariantCulture, out tokens) && tokens > 0);
    }

    private static string Shorten(byte[] hash) => Convert.ToHexString(hash)[..HashDigits].ToLowerInvariant();

    [GeneratedRegex(@"^(?<name>\S+) model=(?<model>\S+) vocabulary=(?<vocabulary>\S+) head=(?<head>\S+) "
        + @"tokens=(?<tokens>\d+) terms=(?<terms>\S+) minimum=(?<minimum>\S+)( ratio=(?<ratio>\S+))?"
        + @"( windows=(?<windows>\d+)/(?<overlap>\d+)/(?<merge>\S+))?"
        + @"( length=(?<exponent>[^/\s]+)/(?<norm>\S+))?( read=(?<read>\d+))?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Line();
}
