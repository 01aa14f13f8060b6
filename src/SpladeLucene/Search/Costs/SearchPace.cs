using System.Diagnostics;

namespace SpladeLucene.Search.Costs;

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

    // The first ones take in a method's first run and what isn't in a cache yet: the shortest of them counts, as one that is far
    // too long would keep its algorithm from ever being tried again.
    private const int FirstSamples = 4;

    private readonly Pace _windows = new(), _blocks = new();

    /// <summary>That of this process.</summary>
    public static SearchPace Shared { get; } = new();

    /// <summary>How much slower than expected windowed accumulation is beside block-max pruning; 1/4 to 4, and 1 until both are
    /// known.</summary>
    public double WindowsToBlocks
    {
        get
        {
            (float windows, float blocks) = (_windows.Known, _blocks.Known);
            return windows == 0 || blocks == 0 ? 1 : Math.Clamp(windows / blocks, 1 / Outlier, Outlier);
        }
    }

    /// <summary>Whether block-max pruning is worth a try only to learn how long it takes here: it was hardly tried yet.</summary>
    /// <param name="expected">What the try is expected to take, in nanoseconds.</param>
    public bool WantsBlocks(double expected) => _blocks.Samples < FirstSamples && expected >= LeastNanoseconds;

    /// <summary>Windowed accumulation took a while.</summary>
    /// <param name="expected">What it was expected to take, in nanoseconds.</param>
    /// <param name="started">When it began, as <see cref="Stopwatch.GetTimestamp"/> says.</param>
    public void WindowsTook(double expected, long started) =>
        Learn(windows: true, expected, Stopwatch.GetElapsedTime(started));

    /// <summary>Block-max pruning took a while, to the end or until it gave up.</summary>
    /// <inheritdoc cref="WindowsTook"/>
    public void BlocksTook(double expected, long started) =>
        Learn(windows: false, expected, Stopwatch.GetElapsedTime(started));

    /// <summary>The same for a time that is known.</summary>
    internal void Learn(bool windows, double expected, TimeSpan took) => (windows ? _windows : _blocks).Learn(expected, took);

    /// <summary>Taken over expected, of one algorithm.</summary>
    private sealed class Pace
    {
        private float _known;
        private int _samples;

        /// <summary>0 until it is known.</summary>
        public float Known => Volatile.Read(ref _known);

        /// <summary>How many there were, not counted beyond the first few.</summary>
        public int Samples => Volatile.Read(ref _samples);

        public void Learn(double expected, TimeSpan took)
        {
            if (expected < LeastNanoseconds) return;
            float known = Known, sample = (float)(took.TotalNanoseconds / expected);
            if (Samples is var samples and < FirstSamples)
            {
                Volatile.Write(ref _known, samples == 0 ? sample : Math.Min(known, sample));
                Volatile.Write(ref _samples, samples + 1);
                return;
            }

            float difference = Math.Min(sample, known * Outlier) - known;
            Volatile.Write(ref _known, known + (difference * (difference < 0 ? ShareOfShorter : ShareOfLonger)));
        }
    }
}
