namespace SpladeLucene;

/// <summary>The half-open range <c>[Start, End)</c> of the encoded text that a term's weight came from.</summary>
/// <param name="Start">First UTF-16 unit of the range, counted from the beginning of the text.</param>
/// <param name="End">The UTF-16 unit after the last; at least <paramref name="Start"/>.</param>
public readonly record struct SourceSpan(int Start, int End)
{
    /// <summary>How many UTF-16 units the range covers.</summary>
    public int Length => End - Start;

    /// <summary>The same range in a text that has <paramref name="units"/> UTF-16 units put before it.</summary>
    public SourceSpan Shift(int units) => new(Start + units, End + units);
}
