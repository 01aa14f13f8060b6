using System.Diagnostics.CodeAnalysis;
using SpladeLucene.Vectors;

namespace SpladeLucene;

/// <summary>
/// Whether and how a long text is encoded in parts. The windows of a text are as equal in length as they can be, none
/// longer than <see cref="Tokens"/>, each begins <see cref="Overlap"/> tokens before the one before it ends, and their
/// vectors are merged. A text that fits one window is encoded as without windows.
/// </summary>
public sealed record TextWindows
{
    /// <summary>How many tokens the encoder itself puts around a window.</summary>
    public const int SpecialTokens = 2;

    internal static readonly ValueRange Lengths = new(SpecialTokens + 1, int.MaxValue);

    /// <summary>No windows: what is longer than the model sees is cut off.</summary>
    public static readonly TextWindows None = new();

    /// <summary>Makes windows.</summary>
    /// <param name="tokens">The longest window, the two special tokens around it included; 3 or more.</param>
    /// <param name="overlap">0 or more, and fewer than the tokens of a window without the special ones.</param>
    /// <param name="merge">
    /// How the vectors of a text's windows become one; null for <see cref="WindowMerge.Max"/>.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is not in its range.</exception>
    public TextWindows(int tokens, int overlap = 0, WindowMerge? merge = null)
    {
        Lengths.Require(tokens, nameof(tokens));
        Overlaps(tokens).Require(overlap, nameof(overlap));
        (Tokens, Overlap, Merge) = (tokens, overlap, merge ?? WindowMerge.Max);
    }

    private TextWindows() => (Tokens, Merge) = (int.MaxValue, WindowMerge.Max);

    /// <summary>How many tokens windows of so many may share.</summary>
    internal static ValueRange Overlaps(int tokens) => new(0, tokens - SpecialTokens - 1);

    /// <summary>Makes windows where both numbers are in their ranges.</summary>
    internal static bool TryCreate(
        int tokens, int overlap, WindowMerge merge, [NotNullWhen(true)] out TextWindows? windows)
    {
        windows = Lengths.Contains(tokens) && Overlaps(tokens).Contains(overlap)
            ? new TextWindows(tokens, overlap, merge) : null;
        return windows is not null;
    }

    /// <summary>
    /// The longest window in tokens, the two special ones included; <see cref="int.MaxValue"/> for none.
    /// </summary>
    public int Tokens { get; }

    /// <summary>How many tokens neighbouring windows share.</summary>
    public int Overlap { get; }

    /// <summary>How the vectors of a text's windows become one.</summary>
    public WindowMerge Merge { get; }
}
