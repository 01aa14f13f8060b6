using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace SpladeLucene.Documents;

/// <summary>
/// What a field's impacts were made with: the model and the quantizer's range. Every document carries it as one
/// reserved term without weight, so that the index itself knows which models it holds.
/// </summary>
/// <param name="Model">The encoder's fingerprint.</param>
/// <param name="Range">The quantizer's <see cref="ImpactQuantizer.Range"/>.</param>
public sealed partial record SpladeFingerprint(ModelFingerprint Model, double Range)
{
    /// <summary>What a reserved term begins with. The space in it keeps it apart from every vocabulary entry.</summary>
    public const string TermPrefix = "[splade] ";

    private const string RangePrefix = " range=";

    /// <summary>Whether <paramref name="term"/> is reserved and so is no term of a vector.</summary>
    public static bool IsReserved(string term)
    {
        ArgumentNullException.ThrowIfNull(term);
        return term.StartsWith(TermPrefix, StringComparison.Ordinal);
    }

    /// <summary>Whether impacts made under both fingerprints may stand in one field and be scored by one query.</summary>
    public bool Matches(SpladeFingerprint other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Range == other.Range && Model.Matches(other.Model);
    }

    /// <summary>The reserved term; <see cref="TryParse"/> reads it back.</summary>
    public string ToTerm() =>
        string.Create(CultureInfo.InvariantCulture, $"{TermPrefix}{Model}{RangePrefix}{Range:R}");

    /// <summary>Reads what <see cref="ToTerm"/> wrote.</summary>
    /// <returns>Whether <paramref name="term"/> is a fingerprint.</returns>
    public static bool TryParse(string term, [NotNullWhen(true)] out SpladeFingerprint? fingerprint)
    {
        fingerprint = null;
        int at = term?.LastIndexOf(RangePrefix, StringComparison.Ordinal) ?? -1;
        if (at < 0 || !IsReserved(term!)) return false;
        if (!ModelFingerprint.TryParse(term![TermPrefix.Length..at], out ModelFingerprint? model)) return false;
        if (!double.TryParse(term.AsSpan(at + RangePrefix.Length), CultureInfo.InvariantCulture, out double range)) return false;
        fingerprint = new SpladeFingerprint(model, range);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => ToTerm()[TermPrefix.Length..];
}
