using System.Diagnostics;

namespace SpladeLucene.Search.TopK;

/// <summary>
/// How long the two algorithms take on this machine, beside what <see cref="SearchCosts"/> expects: learned from the searches
/// themselves, as caches, vector widths and what else runs here differ. Thread-safe; a lost update costs nothing but time.
/// </summary>
internal sealed class SearchPace
{
    // Shorter ones say more about the clock than about the algorithm.
    private const double LeastNanoseconds = 20_000;

    // A time says how fast the machine is when nothing came between, such as another thread or a method's first run: shorter
    // ones count more, and none for more than four times what is known.
    private const float ShareOfShorter = 1f / 4, ShareOfLonger = 1f / 16, Outlier = 4;

    // Taken over expected; 0 until it is known.
    private float _windows, _blocks;

    /// <summary>That of this process.</summary>
    public static SearchPace Shared { get; } = new();

    /// <summary>How much slower than expected windowed accumulation is beside block-max pruning; 1/4 to 4, and 1 until both are
    /// known.</summary>
    public double WindowsToBlocks
    {
        get
        {
            (float windows, float blocks) = (Volatile.Read(ref _windows), Volatile.Read(ref _blocks));
            return windows == 0 || blocks == 0 ? 1 : Math.Clamp(windows / blocks, 1 / Outlier, Outlier);
        }
    }

    /// <summary>Whether block-max pruning is worth a try only to learn how long it takes here: nobody has tried yet.</summary>
    /// <param name="expected">What the try is expected to take, in nanoseconds.</param>
    public bool WantsBlocks(double expected) => Volatile.Read(ref _blocks) == 0 && expected >= LeastNanoseconds;

    /// <summary>Windowed accumulation took a while.</summary>
    /// <param name="expected">What it was expected to take, in nanoseconds.</param>
    /// <param name="started">When it began, as <see cref="Stopwatch.GetTimestamp"/> says.</param>
    public void WindowsTook(double expected, long started) => Learn(ref _windows, expected, Stopwatch.GetElapsedTime(started));

    /// <summary>Block-max pruning took a while, to the end or until it gave up.</summary>
    /// <inheritdoc cref="WindowsTook"/>
    public void BlocksTook(double expected, long started) => Learn(ref _blocks, expected, Stopwatch.GetElapsedTime(started));

    /// <summary>The same for a time that is known.</summary>
    internal void Learn(bool windows, double expected, TimeSpan took) => Learn(ref windows ? ref _windows : ref _blocks, expected, took);

    private static void Learn(ref float pace, double expected, TimeSpan took)
    {
        if (expected < LeastNanoseconds) return;
        float known = Volatile.Read(ref pace), sample = (float)(took.TotalNanoseconds / expected);
        if (known == 0)
        {
            Volatile.Write(ref pace, sample);
            return;
        }

        float difference = Math.Min(sample, known * Outlier) - known;
        Volatile.Write(ref pace, known + (difference * (difference < 0 ? ShareOfShorter : ShareOfLonger)));
    }
}
