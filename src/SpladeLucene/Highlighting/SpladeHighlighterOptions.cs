namespace SpladeLucene;

/// <summary>How a <see cref="SpladeHighlighter"/> cuts and chooses.</summary>
public sealed record SpladeHighlighterOptions
{
    /// <summary>
    /// The least share, 0 to 1, of the strongest word's part in the score that a word has to have to be marked; the best that
    /// a word of the query met is marked from the share's square on. Default: 0.3 (so 0.09), as weak expansions would mark
    /// words that nobody would point at.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The share is under 0, over 1 or no number.</exception>
    public double LeastShare
    {
        get;
        init => field = value is >= 0 and <= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A share lies between 0 and 1.");
    } = 0.3;

    /// <summary>About how many UTF-16 units a fragment has, at least 20; words are never cut. Default: 120.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The length is under 20.</exception>
    public int FragmentLength
    {
        get;
        init => field = value >= 20
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A fragment has at least 20 units.");
    } = 120;

    /// <summary>How many fragments are returned at most, 1 or more. Default: 2.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not positive.</exception>
    public int MaxFragments
    {
        get;
        init => field = value >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "At least one fragment is wanted.");
    } = 2;
}
