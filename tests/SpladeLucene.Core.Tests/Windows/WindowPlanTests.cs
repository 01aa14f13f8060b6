using CsCheck;
using SpladeLucene.Windows;

namespace SpladeLucene.Core.Tests;

public sealed class WindowPlanTests
{
    [Fact]
    public void Cut_AnyText_FewEqualWindowsThatShareWhatTheyShould() =>
        Gen.Select(Gen.Int[1, 3000], Generated.Windows).Sample((tokens, windows) =>
        {
            int longest = windows.Tokens - TextWindows.SpecialTokens;
            (int Start, int Length)[] cut = [.. WindowPlan.Cut(tokens, windows)];

            Assert.Equal(0, cut[0].Start);
            Assert.Equal(tokens, cut[^1].Start + cut[^1].Length);
            Assert.InRange(cut.Max(window => window.Length), 1, longest);
            Assert.InRange(cut.Max(window => window.Length) - cut.Min(window => window.Length), 0, 1);
            for (int i = 1; i < cut.Length; i++)
                Assert.Equal(windows.Overlap, cut[i - 1].Start + cut[i - 1].Length - cut[i].Start);
            // One window fewer could not hold the text.
            long held = longest + ((long)(cut.Length - 2) * (longest - windows.Overlap));
            Assert.True(cut.Length == 1 || held < tokens, "a window to spare");
        });
}
