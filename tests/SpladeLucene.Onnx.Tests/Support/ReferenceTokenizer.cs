using System.Runtime.InteropServices;
using System.Text.Json;
using SpladeLucene.Onnx.Folder;
using SpladeLucene.Onnx.Tokenization;

namespace SpladeLucene.Onnx.Tests.Support;

/// <summary>A test against Hugging Face's own library; skipped, saying so, where its native part is not served.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ReferenceTheoryAttribute : TheoryAttribute
{
    public ReferenceTheoryAttribute()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
            Skip = "Hugging Face's tokenizers come for Linux on x64 only.";
    }
}

/// <summary>Hugging Face's library and ours over one tokenizer.json.</summary>
internal static class ReferenceTokenizer
{
    private static readonly string Script = Repository.PathOf("tests", "tokenizers", "spans.sh");

    private static readonly string Installed = Repository.PathOf("artifacts", "engines", "tokenizers");

    private static readonly string[] Known =
    [
        "the", " index", "don't", "'ll", "'s", "  ", "\n", "\t", "\r\n", "é", "e\u0301", "\u0323\u0302", "\U0001F642",
        "東京", "Привет", " 42", "١", "½", "\U00010400", "\U0001D7D9", "\u00A0", "\u3000", "\u200D", "ﬁ", "Ａ", "\u2028",
        "\u0085", "_", "Ⅷ", "²", "\U00020000", "\0", "\u180E", "\uFEFF", " ", "<mask>", "</s>", "\u2581", "\u2581\u2581",
        "각", "\u1100\u1161\u11A8", "\U0001F468\u200D\U0001F469\u200D\U0001F467", "Ω", "x\u0327\u0301", "...", "™",
    ];

    /// <summary>The texts of a number of random ones whose ids differ, with both.</summary>
    public static List<string> Differences(string json, int texts, int seed)
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, json);
            using var reference = new Tokenizers.DotNet.Tokenizer(path);
            TextTokenizer own = TokenizerJson.Read(path).NewTokenizer();
            var random = new Random(seed);
            var differences = new List<string>();
            for (int i = 0; i < texts; i++)
            {
                string text = RandomText(random);
                string due = string.Join(' ', reference.Encode(text));
                string got = string.Join(' ', own.Encode(text, int.MaxValue).Ids.ToArray());
                if (due != got) differences.Add($"{Escaped(text)}: {due} was due, and {got} came");
            }

            return differences;
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>
    /// The texts of a number of random ones whose tokens or their spans differ, with both, a token as id:start-end. Blanks at a
    /// span's ends are left out of both: the reference counts them to the word after them where the vocabulary does, and here
    /// nobody would highlight them.
    /// </summary>
    public static async Task<List<string>> SpanDifferencesAsync(string json, int texts, int seed, Predicate<string> isCompared)
    {
        using var folder = new TemporaryFolder();
        string tokenizer = folder.Write("tokenizer.json", json);
        var random = new Random(seed);
        string[] all = [.. Enumerable.Range(0, int.MaxValue).Select(_ => RandomText(random)).Where(text => isCompared(text)).Take(texts)];
        string given = folder.Write("texts.jsonl", string.Concat(all.Select(text => Escaped(text) + "\n")));
        TextTokenizer own = TokenizerJson.Read(tokenizer).NewTokenizer();
        string[] due = (await Programs.RunAsync("bash", Script, Installed, tokenizer, given)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(texts, due.Length);
        return [.. all.Zip(due)
            .Select(pair => (Text: pair.First, Due: Shown(pair.First, pair.Second), Got: Shown(pair.First, own.Encode(pair.First, int.MaxValue))))
            .Where(each => each.Due != each.Got).Select(each => $"{Escaped(each.Text)}: {each.Due} was due, and {each.Got} came")];
    }

    private static string Shown(string text, string line) => string.Join(' ', JsonSerializer.Deserialize<int[][]>(line)!
        .Select(token => Shown(text, token[0], token[1], token[2])));

    // The tokens around a text stand for nothing in it.
    private static string Shown(string text, TokenSequence tokens) => string.Join(' ', Enumerable.Range(0, tokens.Count)
        .Select(i => Shown(text, tokens.Ids[i], tokens.SpanAt(i)?.Start ?? 0, tokens.SpanAt(i)?.End ?? 0)));

    private static string Shown(string text, int id, int start, int end)
    {
        while (start < end && IsBlank(text[start])) start++;
        while (start < end && IsBlank(text[end - 1])) end--;
        return start == end ? $"{id}" : $"{id}:{start}-{end}";
    }

    // Also the sign that SentencePiece writes for one.
    private static bool IsBlank(char unit) => char.IsWhiteSpace(unit) || unit == '\u2581';

    /// <summary>Words, signs, added tokens and characters of all planes; no lone surrogates, which UTF-8 has none of.</summary>
    public static string RandomText(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(1, 14)).Select(_ => random.Next(5) switch
        {
            0 => ((char)random.Next(1, 0x80)).ToString(),
            1 => char.ConvertFromUtf32(random.Next(8) == 0 ? random.Next(0x10000, 0x20000) : random.Next(1, 0xD800)),
            2 => char.ConvertFromUtf32(random.Next(0xA0, 0x2000)),
            _ => Known[random.Next(Known.Length)],
        }));

    private static string Escaped(string text) => JsonSerializer.Serialize(text);
}
