namespace SpladeLucene.Reindexing.Tests;

/// <summary>Texts of few words, so that words repeat in and between documents; odd ones on request.</summary>
internal sealed class LegacyTexts(Random random, bool odd)
{
    private const int LongTextWords = 10_000;

    private static readonly string[] Plain =
    [
        "dog", "canine", "fox", "agile", "agility", "fast", "leaps", "over", "sleeping", "the", "of", "and", "a", "car",
        "automobile", "doctor", "physician", "buy", "purchase", "jump", "x1", "x2", "2024", "supercalifragilistic",
    ];

    private static readonly string[] Odd =
    [
        "café", "straße", "日本語", "𐐷𐐏", "🦊", "e\u0301", "\u0130", "nul\0inside", "bell\a", "lone\ud800", "\udc00lone",
        "\uffff",
    ];

    // Each stands once in an index of enough documents.
    private static readonly string[] OddTexts =
    [
        "", " ", "\t\r\n ", "🦊", "\ud800", new('w', 5000),
        string.Join(' ', Enumerable.Range(0, LongTextWords).Select(i => $"w{i % 200}")),
    ];

    private readonly string[] _words = odd ? [.. Plain, .. Odd] : Plain;

    public string Word() => _words[random.Next(_words.Length)];

    public string Next() => Words(random.Next(1, 30));

    /// <summary>The text of the document numbered so: the first few are odd ones.</summary>
    public string Next(int number) =>
        odd && number % 3 == 0 && number / 3 < OddTexts.Length ? OddTexts[number / 3] : Next();

    public string Short() => Words(random.Next(1, 5));

    private string Words(int count) => string.Join(' ', Enumerable.Range(0, count).Select(_ => Word()));
}
