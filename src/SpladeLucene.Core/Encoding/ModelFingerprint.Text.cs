using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace SpladeLucene;

public sealed partial record ModelFingerprint
{
    /// <summary>How many hexadecimal digits of a SHA-256 a fingerprint keeps: 48 bits, to tell models apart.</summary>
    private const int HashDigits = 12;

    /// <summary>The fingerprint's form of a hash: 12 lower-case hexadecimal digits of the SHA-256 of a stream.</summary>
    public static string Hash(Stream content) => Shorten(SHA256.HashData(content));

    /// <inheritdoc cref="Hash(Stream)"/>
    public static string Hash(ReadOnlySpan<byte> content) => Shorten(SHA256.HashData(content));

    /// <summary>One line that <see cref="TryParse"/> reads back.</summary>
    public override string ToString()
    {
        string limit = Pruning.MaxTerms == int.MaxValue ? "all" : Pruning.MaxTerms.ToString(CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture,
            $"{Name} model={ModelHash} vocabulary={VocabularyHash} head={Head} tokens={MaxTokens} terms={limit} minimum={Pruning.MinWeight:R}");
    }

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <returns>Whether <paramref name="text"/> is a fingerprint.</returns>
    public static bool TryParse(string text, [NotNullWhen(true)] out ModelFingerprint? fingerprint)
    {
        fingerprint = null;
        Match match = Line().Match(text);
        if (!match.Success
            || !int.TryParse(match.Groups["tokens"].ValueSpan, CultureInfo.InvariantCulture, out int tokens)
            || !TryParsePruning(match.Groups["terms"].Value, match.Groups["minimum"].Value, out Pruning? pruning))
            return false;
        fingerprint = new ModelFingerprint(match.Groups["name"].Value, match.Groups["model"].Value,
            match.Groups["vocabulary"].Value, match.Groups["head"].Value, tokens, pruning);
        return true;
    }

    private static bool TryParsePruning(string terms, string minimum, [NotNullWhen(true)] out Pruning? pruning)
    {
        pruning = null;
        int limit = int.MaxValue;
        if (terms != "all" && !int.TryParse(terms, CultureInfo.InvariantCulture, out limit)) return false;
        if (!float.TryParse(minimum, CultureInfo.InvariantCulture, out float weight)) return false;
        if (limit < 1 || weight < 0 || !float.IsFinite(weight)) return false;
        pruning = new Pruning { MaxTerms = limit, MinWeight = weight };
        return true;
    }

    private static string Shorten(byte[] hash) => Convert.ToHexString(hash)[..HashDigits].ToLowerInvariant();

    [GeneratedRegex(@"^(?<name>\S+) model=(?<model>\S+) vocabulary=(?<vocabulary>\S+) head=(?<head>\S+) "
        + @"tokens=(?<tokens>\d+) terms=(?<terms>\S+) minimum=(?<minimum>\S+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Line();
}
