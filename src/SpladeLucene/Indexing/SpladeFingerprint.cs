using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace SpladeLucene;

/// <summary>
/// What a field's impacts were made with: the model, the quantizer's range, and how impacts are written. Every document
/// carries it as one reserved term without weight, so that the index itself knows which models it holds.
/// </summary>
/// <param name="Model">The encoder's fingerprint.</param>
/// <param name="Range">The quantizer's <see cref="ImpactQuantizer.Range"/>.</param>
/// <param name="Encoding">How the documents' impacts are written; a query's fingerprint may leave it out.</param>
public sealed partial record SpladeFingerprint(ModelFingerprint Model, double Range, WeightEncoding? Encoding = null)
{
    /// <summary>What a reserved term begins with. The space in it keeps it apart from every vocabulary entry.</summary>
    public const string TermPrefix = "[splade] ";

    private const string RangePrefix = " range=";
    private const string EncodingPrefix = " encoding=";

    /// <summary>Whether <paramref name="term"/> is reserved and so is no term of a vector.</summary>
    public static bool IsReserved(string term)
    {
        ArgumentNullException.ThrowIfNull(term);
        return term.StartsWith(TermPrefix, StringComparison.Ordinal);
    }

    /// <summary>Why a vector's term isn't taken.</summary>
    internal static string ReservedRefusal(string term) =>
        $"The term '{term}' begins with '{TermPrefix}', which is reserved for fingerprints: rename it, or leave it out of the vector.";

    /// <summary>
    /// Whether impacts made under both fingerprints may stand in one field and be scored by one query. Encodings must not
    /// be mixed: merging would take the positions, and with them the payloads, from the documents that have them.
    /// </summary>
    public bool Matches(SpladeFingerprint other)
    {
        ArgumentNullException.ThrowIfNull(other);
        bool sameEncoding = Encoding is null || other.Encoding is null || Encoding == other.Encoding;
        return Range == other.Range && sameEncoding && Model.Matches(other.Model);
    }

    /// <summary>The reserved term; <see cref="TryParse"/> reads it back.</summary>
    public string ToTerm() => TermPrefix + this;

    /// <summary>Reads what <see cref="ToTerm"/> wrote.</summary>
    /// <returns>Whether <paramref name="term"/> is a fingerprint.</returns>
    public static bool TryParse(string term, [NotNullWhen(true)] out SpladeFingerprint? fingerprint)
    {
        ArgumentNullException.ThrowIfNull(term);
        fingerprint = null;
        WeightEncoding? encoding = null;
        if (TrySplit(term, EncodingPrefix, out string rest, out string name))
        {
            // Numbers, several names and spaces pass too.
            if (!Enum.TryParse(name, ignoreCase: false, out WeightEncoding parsed) || parsed.ToString() != name || !Enum.IsDefined(parsed)) return false;
            encoding = parsed;
        }

        if (!IsReserved(rest) || !TrySplit(rest, RangePrefix, out string model, out string number)) return false;
        if (!ModelFingerprint.TryParse(model[TermPrefix.Length..], out ModelFingerprint? parsedModel)) return false;
        if (!double.TryParse(number, CultureInfo.InvariantCulture, out double range) || !ImpactQuantizer.IsRange(range)) return false;
        fingerprint = new SpladeFingerprint(parsedModel, range, encoding);
        return true;
    }

    /// <summary>The fingerprint in one line.</summary>
    public override string ToString()
    {
        string encoding = Encoding is { } written ? $"{EncodingPrefix}{written}" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{Model}{RangePrefix}{Range:R}{encoding}");
    }

    private static bool TrySplit(string text, string separator, out string before, out string after)
    {
        int at = text.LastIndexOf(separator, StringComparison.Ordinal);
        (before, after) = at < 0 ? (text, "") : (text[..at], text[(at + separator.Length)..]);
        return at >= TermPrefix.Length;
    }
}
