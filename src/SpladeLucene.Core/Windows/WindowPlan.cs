using System.Diagnostics;

namespace SpladeLucene.Windows;

/// <summary>Cuts the tokens of a text into windows.</summary>
internal static class WindowPlan
{
    /// <summary>The windows, in their order; together they hold every token.</summary>
    /// <param name="tokens">How many there are, without the two around the text; 1 or more.</param>
    /// <param name="windows">How long windows may be, and what they share.</param>
    public static IEnumerable<(int Start, int Length)> Cut(int tokens, TextWindows windows)
    {
        int longest = windows.Tokens - TextWindows.SpecialTokens, shared = windows.Overlap;
        if (tokens <= longest)
        {
            yield return (0, tokens);
            yield break;
        }

        // As few windows as will do, and none much shorter than the others: a last one of two words would count as
        // much as the rest where their weights are averaged.
        int count = (tokens - shared + longest - shared - 1) / (longest - shared);
        (int length, int longer) = Math.DivRem(tokens + ((count - 1) * shared), count);
        int start = 0;
        for (int i = 0; i < count; i++)
        {
            int own = i < longer ? length + 1 : length;
            Debug.Assert(own > shared && own <= longest, "each window adds a token and fits the model");
            yield return (start, own);
            start += own - shared;
        }
    }
}
