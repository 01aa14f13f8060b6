using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace SpladeLucene.TestSupport;

/// <summary>
/// Files that are a little wrong, the same ones in each run: what comes of them must be one of the exceptions that the
/// reader documents. <c>SPLADE_TEST_FUZZ</c> says how many are tried of each file, default 150, or
/// <c>SPLADE_TEST_FUZZ_SECONDS</c> for how long.
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
    /// <param name="share">Of how many tests that share the time of one this is one.</param>
    public static IEnumerable<(string Name, byte[] Content)> Of(byte[] content, int seed, int share = 1)
    {
        var clock = Stopwatch.StartNew();
        for (int round = 0; Seconds is { } time ? clock.Elapsed.TotalSeconds < time / share : round < Math.Max(1, Rounds / share); round++)
        {
            var random = new Random((seed * 1_000_003) + round);
            byte[] mutated = content;
            for (int changes = random.Next(1, 4); changes > 0; changes--) mutated = Changed(mutated, random);
            yield return ($"seed {seed}, round {round}", mutated);
        }
    }

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
