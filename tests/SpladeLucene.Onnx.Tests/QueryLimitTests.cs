using System.Text;
using SpladeLucene.Onnx.Tests.Support;

namespace SpladeLucene.Onnx.Tests;

/// <summary>How much of a query and of a document is read.</summary>
public sealed class QueryLimitTests
{
    [Fact]
    public void EncodeQuery_LongerThanTheModelSees_IsCutOffAndADocumentIsNot()
    {
        using ModelDirectory folder = Words().Folder();
        using OnnxSparseEncoder encoder = Load(folder, new OnnxSparseEncoderOptions { MaxTokens = 6 });
        const string Text = "apple apple apple apple date";

        Assert.Equal(["apple"], Terms(encoder.EncodeQuery(Text)));
        Assert.Equal(["apple", "date"], Terms(encoder.Encode(Text)));
    }

    [Fact]
    public void MaxQueryTokensAndMaxTextTokens_AreTheLimits()
    {
        using ModelDirectory folder = Words().Folder();
        using OnnxSparseEncoder encoder = Load(
            folder, new OnnxSparseEncoderOptions { MaxTokens = 6, MaxQueryTokens = 3, MaxTextTokens = 9 });
        const string Text = "apple bread apple apple apple apple cheese date";

        Assert.Equal(["apple"], Terms(encoder.EncodeQuery(Text)));
        Assert.Equal(["apple", "bread", "cheese"], Terms(encoder.Encode(Text)));
        Assert.EndsWith(" read=9", encoder.Fingerprint.ToString(), StringComparison.Ordinal);
        Assert.True(ModelFingerprint.TryParse(encoder.Fingerprint.ToString(), out ModelFingerprint? parsed));
        Assert.Equal(encoder.Fingerprint, parsed);
        Assert.True(encoder.Fingerprint.Matches(encoder.Fingerprint with { TextTokens = int.MaxValue }));
    }

    [Theory]
    [InlineData(null, "apple bread cheese date", "")]
    [InlineData(4, "apple bread", " read=4")]
    [InlineData(6, "apple bread cheese date", "")]
    [InlineData(9, "apple bread cheese date", "")]
    public void MaxTextTokens_WithoutWindows_CountUnderWhatTheModelSeesAndAreInTheFingerprint(int? most, string terms, string read)
    {
        using ModelDirectory folder = Words().Folder();
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(
            folder.Path, new OnnxSparseEncoderOptions { MaxTokens = 6, MaxTextTokens = most });

        Assert.Equal(terms.Split(' '), Terms(encoder.Encode("apple bread cheese date egg fig")));
        Assert.EndsWith($"minimum=0{read}", encoder.Fingerprint.ToString(), StringComparison.Ordinal);
        Assert.True(encoder.Fingerprint.Matches(encoder.Fingerprint with { TextTokens = int.MaxValue }));
    }

    [Theory]
    [InlineData("apple cheese ")]
    [InlineData("x")]
    [InlineData("        ")]
    [InlineData("naïve ÄPFEL ")]
    [InlineData("!?")]
    public void EncodeQuery_MegabytesBehindItsBeginning_IsThatOfTheBeginning(string filler)
    {
        using ModelDirectory folder = Words().Folder();
        using OnnxSparseEncoder encoder = Load(folder, new OnnxSparseEncoderOptions { MaxTokens = 16 });
        var text = new StringBuilder("apple bread date egg fig");
        while (text.Length < 1 << 20) text.Append(' ').Append(filler);
        string whole = text.ToString();

        // What lies behind the sixteen first tokens changes nothing, and blanks are none.
        Assert.Equal(encoder.EncodeQuery(whole[..5000]), encoder.EncodeQuery(whole));
    }

    [Fact]
    public void EncodeQuery_WordBehindAMegabyteOfBlanks_IsNotSeenAsADocumentsIs()
    {
        using ModelDirectory folder = Words().Folder();
        using OnnxSparseEncoder encoder = Load(folder, new OnnxSparseEncoderOptions { MaxTokens = 16 });
        string text = "apple" + new string(' ', 1 << 20) + "bread";

        Assert.Equal(["apple"], Terms(encoder.EncodeQuery(text)));
        Assert.Equal(["apple", "bread"], Terms(encoder.Encode(text)));
    }

    [Fact]
    public async Task EncodeQueryAsync_Text_IsEncodedOrCancelled()
    {
        using ModelDirectory folder = Words().Folder();
        using OnnxSparseEncoder encoder = Load(folder, new OnnxSparseEncoderOptions());
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        Assert.Equal(encoder.EncodeQuery("apple"), await encoder.EncodeQueryAsync("apple"));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => encoder.EncodeQueryAsync("apple", cancelled.Token));
    }

    [Fact]
    public void Limits_OutOfRange_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new OnnxSparseEncoderOptions { MaxQueryTokens = 2 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new OnnxSparseEncoderOptions { MaxTextTokens = 0 });
    }

    private static string[] Terms(SparseVector vector) => [.. vector.Select(term => term.Term)];

    private static OnnxSparseEncoder Load(ModelDirectory folder, OnnxSparseEncoderOptions options) =>
        OnnxSparseEncoder.Load(folder.Path, options with { Windows = new TextWindows(3) });

    private static TableModel Words()
    {
        var model = new TableModel();
        foreach (string word in new[] { "apple", "bread", "cheese", "date", "egg", "fig" }) model.Set(word, word, 1);
        return model;
    }
}
