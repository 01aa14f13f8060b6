using CsCheck;

namespace SpladeLucene.Core.Tests;

public sealed class ModelFingerprintTests
{
    private static readonly ModelFingerprint Sample = new(
        "splade-tiny-en", "0123456789ab", "ba9876543210", "max-log1p-relu", 256,
        new Pruning { MinWeight = 0.05f, MaxTerms = 300 });

    [Fact]
    public void TryParse_WhatToStringWrote_ComesBack()
    {
        ModelFingerprint[] all =
        [
            Sample, Sample with { Pruning = Pruning.None }, Sample with { Windows = new TextWindows(64, 8) },
            Sample with { Length = new LengthNormalization(0.1f, 12.5f) },
            Sample with { Windows = new TextWindows(34, 0, WindowMerge.Saturated(0.1f, 1e-9f)) },
            Sample with
            {
                Windows = new TextWindows(32, 0, WindowMerge.WeightedMean), Length = new LengthNormalization(0.75f),
            },
        ];
        foreach (ModelFingerprint fingerprint in all)
        {
            Assert.True(ModelFingerprint.TryParse(fingerprint.ToString(), out ModelFingerprint? parsed));
            Assert.Equal(fingerprint, parsed);
        }
    }

    [Fact]
    public void TryParse_WhatToStringWroteOfAny_ComesBack()
    {
        Gen<string> word = Gen.String[Gen.Char.Where(unit => !char.IsWhiteSpace(unit)), 1, 255];
        Gen<ModelFingerprint> any =
            from words in Gen.Select(word, word, word, word)
            from tokens in Gen.Int[0, int.MaxValue]
            from pruning in Generated.Pruning
            from windows in Gen.OneOf(Gen.Const(TextWindows.None), Generated.Windows)
            from length in Generated.Length
            select new ModelFingerprint(words.Item1, words.Item2, words.Item3, words.Item4, tokens, pruning)
            {
                Windows = windows, Length = length,
            };
        any.Sample(fingerprint =>
        {
            Assert.True(ModelFingerprint.TryParse(fingerprint.ToString(), out ModelFingerprint? parsed));
            Assert.Equal(fingerprint, parsed);
        });
    }

    [Fact]
    public void Properties_OutOfRange_AreRefusedByTheirNames()
    {
        var good = new ModelFingerprint("a", "b", "c", "d", 1, Pruning.None);

        Assert.Equal("Name", Assert.Throws<ArgumentException>(() => good with { Name = "a b" }).ParamName);
        Assert.Equal("ModelHash", Assert.Throws<ArgumentException>(() => good with { ModelHash = "" }).ParamName);
        Assert.Equal("VocabularyHash", Assert.Throws<ArgumentException>(() => new ModelFingerprint("a", "b", "c c", "d", 1, Pruning.None)).ParamName);
        Assert.Equal("Head", Assert.Throws<ArgumentException>(() => good with { Head = new string('h', 256) }).ParamName);
        Assert.Equal("MaxTokens", Assert.Throws<ArgumentOutOfRangeException>(() => good with { MaxTokens = -1 }).ParamName);
        Assert.Equal("TextTokens", Assert.Throws<ArgumentOutOfRangeException>(() => good with { TextTokens = 0 }).ParamName);
    }

    [Fact]
    public void Constructor_NameBeyondATermOfTheIndex_IsRefused()
    {
        string longest = new('n', 255);
        Assert.Equal(longest, (Sample with { Name = longest }).Name);
        Assert.Contains("'nnnnnnnnnnnnnnnnnnnn…' has 256 UTF-16 units", Assert.Throws<ArgumentException>(
            () => Sample with { Name = longest + 'n' }).Message, StringComparison.Ordinal);
        Assert.False(ModelFingerprint.TryParse(longest + Sample, out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("splade-tiny-en")]
    [InlineData("a model=b vocabulary=c head=d tokens=x terms=all minimum=0")]
    [InlineData("a model=b vocabulary=c head=d tokens=1 terms=0 minimum=0")]
    [InlineData("a model=b vocabulary=c head=d tokens=1 terms=all minimum=NaN")]
    [InlineData("a model=b vocabulary=c head=d tokens=1 terms=all minimum=-1")]
    [InlineData("a model=b vocabulary=c head=d tokens=1 terms=all minimum=0 ratio=2")]
    [InlineData("a model=b vocabulary=c head=d tokens=1 terms=all minimum=0 ratio=x")]
    [InlineData("a model=b vocabulary=c head=d tokens=1 terms=all minimum=0 windows=2/0/max")]
    [InlineData("a model=b vocabulary=c head=d tokens=1 terms=all minimum=0 windows=9/7/max")]
    [InlineData("a model=b vocabulary=c head=d tokens=1 terms=all minimum=0 windows=9/1/min")]
    [InlineData("a model=b vocabulary=c head=d tokens=1 terms=all minimum=0 windows=9/1/saturated")]
    [InlineData("a model=b vocabulary=c head=d tokens=1 terms=all minimum=0 windows=9/1/saturated/1")]
    [InlineData("a model=b vocabulary=c head=d tokens=1 terms=all minimum=0 windows=9/1/saturated/-1/0")]
    [InlineData("a model=b vocabulary=c head=d tokens=1 terms=all minimum=0 windows=9/1/max/1/0")]
    [InlineData("a model=b vocabulary=c head=d tokens=1 terms=all minimum=0 windows=9/1/saturated/1/3e38")]
    [InlineData("a model=b vocabulary=c head=d tokens=1 terms=all minimum=0 length=2/10")]
    [InlineData("a model=b vocabulary=c head=d tokens=1 terms=all minimum=0 length=0.5/3e38")]
    [InlineData("a model=b vocabulary=c head=d tokens=1 terms=all minimum=0 length=0.5/NaN")]
    public void TryParse_AnythingElse_IsRefused(string text) => Assert.False(ModelFingerprint.TryParse(text, out _));

    [Fact]
    public void ToString_WithoutWindowsAndLength_IsAsBeforeTheyWereThere() => Assert.Equal(
        "splade-tiny-en model=0123456789ab vocabulary=ba9876543210 head=max-log1p-relu "
        + "tokens=256 terms=300 minimum=0.05",
        Sample.ToString());

    [Fact]
    public void Matches_OnlyWhatMakesVectorsCompare_Counts()
    {
        Assert.True(Sample.Matches(Sample with { Name = "other", MaxTokens = 64, Pruning = Pruning.None }));
        Assert.True(Sample.Matches(Sample with { Windows = new TextWindows(32) }));
        Assert.False(Sample.Matches(Sample with { Length = new LengthNormalization(0.5f) }));
        Assert.False(Sample.Matches(Sample with { ModelHash = "x" }));
        Assert.False(Sample.Matches(Sample with { VocabularyHash = "x" }));
        Assert.False(Sample.Matches(Sample with { Head = "sum-log1p-relu" }));
    }

    [Theory]
    [InlineData("my model")]
    [InlineData("")]
    [InlineData("tab\there")]
    public void Constructor_NameThatCouldNotBeReadBack_IsRefused(string name)
    {
        Assert.Throws<ArgumentException>(() => Sample with { Name = name });
        Assert.Throws<ArgumentException>(() => new ModelFingerprint(name, "a", "b", "c", 1, Pruning.None));
    }

    [Fact]
    public void Hash_Bytes_IsTheBeginningOfTheirSha256() =>
        Assert.Equal("ba7816bf8f01", ModelFingerprint.Hash("abc"u8));

    [Fact]
    public void TryParse_MutatedLine_IsAFingerprintOrNone()
    {
        byte[] line = System.Text.Encoding.UTF8.GetBytes((Sample with { Windows = new TextWindows(64, 8) }).ToString());
        foreach ((string change, byte[] mutated) in Mutation.Of(line, seed: 3))
        {
            string text = System.Text.Encoding.UTF8.GetString(mutated);
            bool parsed = ModelFingerprint.TryParse(text, out ModelFingerprint? fingerprint);
            // What was taken comes back the same.
            if (parsed) Assert.True(ModelFingerprint.TryParse(fingerprint!.ToString(), out ModelFingerprint? again) && again == fingerprint, change);
        }
    }
}
