using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace SpladeLucene.TestSupport;

/// <summary>
/// Files that are a little wrong, the same ones in each run: what comes of them must be one of the exceptions that the
/// reader documents. <c>SPLADE_TEST_FUZZ</c> says how many are tried of each file, default 150, or
/// <c>SPLADE_TEST_FUZZ_SECONDS</c> for how long; <c>SPLADE_TEST_FUZZ_SEED</c> is added to each seed, and into the file that
/// <c>SPLADE_TEST_FUZZ_LOG</c> names goes a line about each: how many were tried, and in how many seconds.
/// </summary>
public static class Mutation
{
    // What readers stumble over: borders of numbers, halves of characters, JSON's own signs.
    private static readonly string[] Words =
    [
        "0", "-1", "1e999", "4294967296", "2147483647", "NaN", "null", "true", "\"\"", "[]", "{}", "{", "}", "[", "]", ",", ":",
        "\"", "\\u0000", "\\ud800", "\uFEFF", "\0", "\n", "\r", "é", "\U0001F642", "[PAD]", "[UNK]", "9999999999999999999999",
    ];

    /// <summary>How many mutations of each file are tried.</summary>
    public static int Rounds => int.TryParse(Environment.GetEnvironmentVariable("SPLADE_TEST_FUZZ"),
        NumberStyles.None, CultureInfo.InvariantCulture, out int rounds) ? rounds : 150;

    /// <summary>Mutations of <paramref name="content"/>, each with a name by which it can be made again.</summary>
    /// <param name="content">A file that is right.</param>
    /// <param name="seed">Other mutations.</param>
    /// <param name="files">How many files share the time, or the number, of one.</param>
    /// <param name="cost">How many times as long as most each takes: so many fewer are tried where it goes by their number.</param>
    public static IEnumerable<(string Name, byte[] Content)> Of(byte[] content, int seed, int files = 1, int cost = 1)
    {
        var clock = Stopwatch.StartNew();
        seed += Seed;
        int round = 0;
        for (; Seconds is { } time ? clock.Elapsed.TotalSeconds < time / files : round < Math.Max(1, Rounds / (files * cost)); round++)
        {
            var random = new Random((seed * 1_000_003) + round);
            byte[] mutated = content;
            for (int changes = random.Next(1, 4); changes > 0; changes--) mutated = Changed(mutated, random);
            yield return ($"seed {seed}, round {round}", mutated);
        }

        if (Log is { } log) File.AppendAllText(log, string.Create(CultureInfo.InvariantCulture, $"{round} {clock.Elapsed.TotalSeconds:F1}\n"));
    }

    private static string? Log => Environment.GetEnvironmentVariable("SPLADE_TEST_FUZZ_LOG") is { Length: > 0 } file ? file : null;

    private static int Seed => int.TryParse(Environment.GetEnvironmentVariable("SPLADE_TEST_FUZZ_SEED"),
        NumberStyles.None, CultureInfo.InvariantCulture, out int seed) ? seed : 0;

    private static double? Seconds => double.TryParse(Environment.GetEnvironmentVariable("SPLADE_TEST_FUZZ_SECONDS"),
        NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) ? seconds : null;

    private static byte[] Changed(byte[] content, Random random)
    {
        int at = random.Next(content.Length + 1), end = Math.Min(content.Length, at + random.Next(1, 64));
        return random.Next(6) switch
        {
            0 => content[..at],
            1 => [.. content[..at], .. content[end..]],
            2 => [.. content[..end], .. content[at..]],
            3 => [.. content[..at], .. Encoding.UTF8.GetBytes(Words[random.Next(Words.Length)]), .. content[at..]],
            4 => [.. content[..at], .. Encoding.UTF8.GetBytes(Words[random.Next(Words.Length)]), .. content[end..]],
            _ => Flipped(content, at, random),
        };
    }

    private static byte[] Flipped(byte[] content, int at, Random random)
    {
        if (at == content.Length) return content;
        byte[] flipped = [.. content];
        flipped[at] ^= (byte)(1 << random.Next(8));
        return flipped;
    }
}
