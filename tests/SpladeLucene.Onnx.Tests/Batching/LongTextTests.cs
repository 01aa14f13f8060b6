using SpladeLucene.Onnx.Tests.Support;
using SpladeLucene.Windows;

namespace SpladeLucene.Onnx.Tests;

public sealed class LongTextTests
{
    [Fact]
    public void Cut_AnyLength_CoversEveryTokenWithWindowsThatFitAndOverlap()
    {
        var random = new Random(7);
        for (int round = 0; round < 2000; round++)
        {
            int longest = random.Next(1, 40), overlap = random.Next(longest), tokens = random.Next(1, 300);
            (int Start, int Length)[] windows = [.. WindowPlan.Cut(tokens, new TextWindows(longest + 2, overlap))];
            Assert.Equal(0, windows[0].Start);
            Assert.Equal(tokens, windows[^1].Start + windows[^1].Length);
            Assert.All(windows, window => Assert.InRange(window.Length, 1, longest));
            Assert.True(windows.Max(window => window.Length) - windows.Min(window => window.Length) <= 1);
            for (int i = 1; i < windows.Length; i++)
                Assert.Equal(overlap, windows[i - 1].Start + windows[i - 1].Length - windows[i].Start);
        }
    }

    [Fact]
    public void Encode_WindowsMergedByMax_ReachesTheEndAndKeepsTheOriginalSpans()
    {
        using ModelDirectory folder = Words().Set("bread", "fig", 5).Folder();
        using OnnxSparseEncoder encoder = Load(folder, new TextWindows(5));
        SparseVector vector = encoder.Encode("apple apple apple date bread apple cheese");
        Assert.Equal(["apple", "bread", "cheese", "date", "fig"], vector.Select(term => term.Term));
        Assert.Equal(Math.Log(6), vector.WeightOf("fig"), 1e-6);
        Assert.Equal(new SourceSpan(23, 28), vector[vector.IndexOf("fig")].Span);
        Assert.Equal(new SourceSpan(0, 5), vector[vector.IndexOf("apple")].Span);
        Assert.Equal(new SourceSpan(35, 41), vector[vector.IndexOf("cheese")].Span);
    }

    [Fact]
    public void Encode_WeightedMean_CountsTheWindowsThatHoldTheTerm()
    {
        using ModelDirectory folder = Words().Set("bread", "apple", 7).Folder();
        using OnnxSparseEncoder encoder = Load(folder, new TextWindows(3, 0, WindowMerge.WeightedMean));
        SparseVector vector = encoder.Encode("apple date bread quince apple");
        // In three of the windows of one word, with the logits 1, 7 and 1; the window of an unknown word is none.
        double mean = (Math.Log(2) + Math.Log(8) + Math.Log(2)) / 3;
        Assert.Equal(mean * (1 + Math.Log(3)), vector.WeightOf("apple"), 1e-6);
        Assert.Equal(new SourceSpan(11, 16), vector[vector.IndexOf("apple")].Span);
        Assert.Equal(Math.Log(2), vector.WeightOf("date"), 1e-6);
    }

    [Fact]
    public void Encode_Saturated_CountsAllWindowsOfTheText()
    {
        using ModelDirectory folder = Words().Set("bread", "apple", 7).Folder();
        using OnnxSparseEncoder encoder = Load(folder, new TextWindows(3, 0, WindowMerge.Saturated(0.6f, 0.1f)));
        SparseVector vector = encoder.Encode("apple date bread fig");
        Assert.Equal((Math.Log(2) + Math.Log(8)) * 1.7 / (2 + 0.6 + 0.4), vector.WeightOf("apple"), 1e-6);
        Assert.Equal(Math.Log(2) * 1.7 / (1 + 0.6 + 0.4), vector.WeightOf("date"), 1e-6);
        Assert.Equal(new SourceSpan(11, 16), vector[vector.IndexOf("apple")].Span);
    }

    [Theory]
    [InlineData("max")]
    [InlineData("weighted_mean")]
    [InlineData("saturated")]
    public void Encode_TextOfOneWindow_IsAsWithoutWindows(string merge)
    {
        using ModelDirectory folder = Words().Folder().With("splade.json", $$"""
            {"windowTokens": 6, "windowOverlap": 2, "windowMerge": "{{merge}}"}
            """);
        using OnnxSparseEncoder windows = OnnxSparseEncoder.Load(
            folder.Path, new OnnxSparseEncoderOptions { Pruning = new Pruning { MinWeight = 0.1f } });
        using OnnxSparseEncoder whole = Load(folder, TextWindows.None);
        Assert.Equal(whole.Encode("apple fig fig date"), windows.Encode("apple fig fig date"));
    }

    [Fact]
    public async Task EncodeAsync_LongAndShortTogether_GivesWhatEachGivesAlone()
    {
        using ModelDirectory folder = Words().Set("apple", "egg", 2).Folder();
        using OnnxSparseEncoder encoder = Load(folder, new TextWindows(7, 2, WindowMerge.WeightedMean));
        var random = new Random(11);
        string[] words = ["apple", "bread", "cheese", "date", "egg", "fig", "quince"];
        string[] texts = [.. Enumerable.Range(0, 300).Select(
            i => string.Join(' ', random.GetItems(words, i % 50 == 0 ? 3000 : random.Next(30))))];
        IReadOnlyList<SparseVector> vectors = await encoder.EncodeAsync(texts);
        for (int i = 0; i < texts.Length; i++)
        {
            SparseVector alone = encoder.Encode(texts[i]);
            Assert.Equal(alone, vectors[i]);
            Assert.Equal(alone.Select(term => term.Span), vectors[i].Select(term => term.Span));
        }
    }

    [Fact]
    public void Encode_LengthNormalization_IsAppliedToTheMergedAndPrunedVector()
    {
        using ModelDirectory folder = Words().Set("apple", "egg", 0.05f).Folder();
        var length = new LengthNormalization(0.5f, 2);
        using OnnxSparseEncoder plain = OnnxSparseEncoder.Load(folder.Path, Options(new TextWindows(4)));
        using OnnxSparseEncoder normalized = OnnxSparseEncoder.Load(folder.Path, Options(new TextWindows(4), length));
        SparseVector expected = length.Apply(plain.Encode("apple bread fig date date"));
        Assert.Equal(4, expected.Count);
        Assert.Equal(expected, normalized.Encode("apple bread fig date date"));
        Assert.False(plain.Fingerprint.Matches(normalized.Fingerprint));
    }

    [Fact]
    public void Encode_AMegabyteOnOneLine_IsReadToItsEnd()
    {
        using ModelDirectory folder = Words().Folder();
        using OnnxSparseEncoder encoder = Load(folder, new TextWindows(34, 8));
        string text = string.Concat(Enumerable.Repeat("apple ", 1 << 17)) + new string('x', 1 << 17) + " fig";
        SparseVector vector = encoder.Encode(text);
        Assert.Equal(["apple", "fig"], vector.Select(term => term.Term));
        Assert.Equal(new SourceSpan(text.Length - 3, text.Length), vector[1].Span);
    }

    [Fact]
    public void Load_SpladeJson_SetsWindowsAndLength()
    {
        using ModelDirectory folder = new TableModel().Folder().With("splade.json", """
            {"windowTokens": 32, "windowOverlap": 4, "windowMerge": "weighted_mean", "lengthExponent": 0.75,
             "lengthNorm": 8}
            """);
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(folder.Path);
        using OnnxSparseEncoder without = OnnxSparseEncoder.Load(folder.Path, new OnnxSparseEncoderOptions
        {
            Windows = TextWindows.None, Length = LengthNormalization.None,
        });
        Assert.Equal(new TextWindows(32, 4, WindowMerge.WeightedMean), encoder.Fingerprint.Windows);
        Assert.Equal(new LengthNormalization(0.75f, 8), encoder.Fingerprint.Length);
        Assert.Equal(TextWindows.None, without.Fingerprint.Windows);
        Assert.Equal(LengthNormalization.None, without.Fingerprint.Length);
    }

    private static TableModel Words()
    {
        TableModel model = new();
        foreach (string entry in TableModel.Entries[5..]) model.Set(entry, entry, 1);
        return model;
    }

    private static OnnxSparseEncoder Load(ModelDirectory folder, TextWindows windows) =>
        OnnxSparseEncoder.Load(folder.Path, Options(windows));

    private static OnnxSparseEncoderOptions Options(TextWindows windows, LengthNormalization? length = null) =>
        new() { Windows = windows, Length = length, Pruning = new Pruning { MinWeight = 0.1f } };
}
