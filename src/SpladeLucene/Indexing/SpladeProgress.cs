using System.Globalization;

namespace SpladeLucene;

/// <summary>How far a long piece of work has come.</summary>
/// <param name="Done">Items done.</param>
/// <param name="Total">Items in all, or null where that isn't known.</param>
/// <param name="Elapsed">Time since the work began.</param>
public readonly record struct SpladeProgress(long Done, long? Total, TimeSpan Elapsed)
{
    /// <summary>Items a second since the work began; 0 at the beginning.</summary>
    public double PerSecond => Elapsed > TimeSpan.Zero ? Done / Elapsed.TotalSeconds : 0;

    /// <summary>
    /// Time left at the rate so far; null where the total or the rate isn't known, or no <see cref="TimeSpan"/> holds
    /// it.
    /// </summary>
    public TimeSpan? TimeLeft
    {
        get
        {
            if (Total is not { } total || PerSecond <= 0) return null;
            double seconds = Math.Max(0, (double)total - Done) / PerSecond;
            return seconds < TimeSpan.MaxValue.TotalSeconds ? TimeSpan.FromSeconds(seconds) : null;
        }
    }

    /// <summary>One line, such as <c>1,200 of 5,183 (23 %), 410/s, 0:10 left</c>.</summary>
    public override string ToString()
    {
        string done = Total is { } total
            ? string.Create(CultureInfo.InvariantCulture, $"{Done:N0} of {total:N0} ({Share(total):0} %)")
            : string.Create(CultureInfo.InvariantCulture, $"{Done:N0}");
        string left = TimeLeft is { } time ? $", {Format(time)} left" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{done}, {PerSecond:N0}/s{left}");
    }

    // Downwards: all but a few aren't yet all.
    private double Share(long total) => total == 0 ? 100 : Math.Floor(100.0 * Done / total);

    private static string Format(TimeSpan time) => time.TotalHours >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}")
        : string.Create(CultureInfo.InvariantCulture, $"{time.Minutes}:{time.Seconds:00}");
}
