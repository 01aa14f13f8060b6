using System.Globalization;
using System.Text;
using SpladeLucene.Onnx.Tests.Support;

namespace SpladeLucene.Onnx.Tests;

/// <summary>Every family's ids and spans against those of Hugging Face's own library.</summary>
public sealed class ReferenceTokenizerTests
{
    private const int SpannedTexts = 4000;

    public static TheoryData<string> ByteLevelKinds { get; } =
    [
        "as RoBERTa", "with a blank put first", "as ModernBERT, composed", "with merges in arrays",
        "without its first merge, which others build on",
    ];

    public static TheoryData<string, string?, bool> UnigramKinds { get; } = new()
    {
        { "as XLM-R", null, false }, { "as XLM-R, at the beginning only", "first", true }, { "as BGE-M3", "always", false },
        { "at the beginning only", "first", false }, { "nowhere", "never", false },
    };

    [ReferenceTheory]
    [MemberData(nameof(ByteLevelKinds))]
    public void Encode_ByteLevel_GivesTheReferencesIds(string kind) => AssertSameIds(ReferenceFiles.ByteLevel(kind));

    [ReferenceTheory]
    [MemberData(nameof(UnigramKinds))]
    public void Encode_Unigram_GivesTheReferencesIds(string kind, string? scheme, bool split)
    {
        Assert.NotEmpty(kind);
        AssertSameIds(ReferenceFiles.Unigram(scheme, split));
    }

    [ReferenceTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void Encode_WordPiece_GivesTheReferencesIds(bool lowercase) => AssertSameIds(ReferenceFiles.WordPiece(lowercase));

    [ProgramsTheory("node", "npm")]
    [Trait("Category", "Engines")]
    [MemberData(nameof(ByteLevelKinds))]
    public Task Encode_ByteLevel_GivesTheReferencesSpans(string kind) =>
        AssertSameSpansAsync(ReferenceFiles.ByteLevel(kind), text => text.IsNormalized() && (!kind.Contains("put first", StringComparison.Ordinal) || HasNoAddedToken(text)));

    [ProgramsTheory("node", "npm")]
    [Trait("Category", "Engines")]
    [MemberData(nameof(UnigramKinds))]
    public Task Encode_Unigram_GivesTheReferencesSpans(string kind, string? scheme, bool split)
    {
        Assert.NotEmpty(kind);
        return AssertSameSpansAsync(ReferenceFiles.Unigram(scheme, split), IsKeptAsItIs);
    }

    [ProgramsTheory("node", "npm")]
    [Trait("Category", "Engines")]
    [InlineData(true)]
    [InlineData(false)]
    public Task Encode_WordPiece_GivesTheReferencesSpans(bool lowercase) =>
        AssertSameSpansAsync(ReferenceFiles.WordPiece(lowercase), _ => true);

    private static void AssertSameIds(string json) =>
        AssertNone(ReferenceTokenizer.Differences(json, TestSettings.Texts, seed: 15), TestSettings.Texts);

    private static async Task AssertSameSpansAsync(string json, Predicate<string> isCompared) =>
        AssertNone(await ReferenceTokenizer.SpanDifferencesAsync(json, SpannedTexts, seed: 16, isCompared), SpannedTexts);

    // The reference says of a word to which it put a blank, behind an added token, that it begins a character later.
    private static bool HasNoAddedToken(string text) =>
        !text.Contains("<mask>", StringComparison.Ordinal) && !text.Contains("</s>", StringComparison.Ordinal);

    // Behind what SentencePiece's table drops or joins, the reference's spans are off by as much, and leave out the marks of a letter.
    private static bool IsKeptAsItIs(string text) => text.IsNormalized(NormalizationForm.FormKC) && text.EnumerateRunes().All(rune =>
        Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.NonSpacingMark));

    private static void AssertNone(List<string> differences, int texts) => Assert.True(differences.Count == 0,
        $"{differences.Count} of {texts} differ:\n{string.Join('\n', differences.OrderBy(text => text.Length).Take(12))}");
}
