using Microsoft.ML.OnnxRuntime;
using SpladeLucene.Onnx.Tests.Support;

namespace SpladeLucene.Onnx.Tests;

/// <summary>The ranges of the options, and the session that they make.</summary>
public sealed class EncoderOptionsTests
{
    [Fact]
    public void Options_OutOfRange_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new OnnxSparseEncoderOptions { MaxTokens = 2 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new OnnxSparseEncoderOptions { MaxTokens = int.MaxValue });
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new OnnxSparseEncoderOptions { QueryExpansionWeight = float.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => new OnnxSparseEncoderOptions { QueryExpansionWeight = 3e38f });
        Assert.Throws<ArgumentOutOfRangeException>(() => new OnnxSparseEncoderOptions { BatchTokenBudget = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new OnnxSparseEncoderOptions { IntraOpThreads = 0 });
        Assert.Throws<ArgumentException>(() => new OnnxSparseEncoderOptions { ModelFile = null! });
        Assert.Throws<ArgumentException>(() => new OnnxSparseEncoderOptions { ModelFile = " " });
        Assert.ThrowsAny<ArgumentException>(() => OnnxSparseEncoder.Load(" "));
    }

    [Fact]
    public void QueryExpansionWeight_Negative_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new OnnxSparseEncoderOptions { QueryExpansionWeight = -0.1f });

    [Fact]
    public void QueryIdfExponent_NotFinite_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new OnnxSparseEncoderOptions { QueryIdfExponent = float.NaN });

    [Fact]
    public void FloorShareAndFusionWeight_NaN_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new OnnxSparseEncoderOptions { FloorShare = float.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => new OnnxSparseEncoderOptions { FusionWeight = float.NaN });
    }

    [Fact]
    public void Load_SessionOptions_AreMadeOncePerLoad()
    {
        using ModelDirectory folder = new TableModel().Set("fig", "egg", 1).Folder();
        int made = 0;
        var options = new OnnxSparseEncoderOptions
        {
            SessionOptionsFactory = () =>
            {
                made++;
                return new SessionOptions { GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL };
            },
        };
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(folder.Path, options);
        Assert.Equal(["egg"], encoder.Encode("fig").Select(term => term.Term));
        Assert.Equal(1, made);
        Assert.Throws<InvalidOperationException>(
            () => OnnxSparseEncoder.Load(folder.Path, options with { IntraOpThreads = 2 }));
        Assert.Throws<InvalidOperationException>(
            () => OnnxSparseEncoder.Load(folder.Path, options with { SessionOptionsFactory = () => null! }));
    }

    [Fact]
    public void NewSessionOptions_Default_IsOneThreadThatDoesNotSpin()
    {
        using SessionOptions usual = new OnnxSparseEncoderOptions().NewSessionOptions();
        using SessionOptions three = new OnnxSparseEncoderOptions { IntraOpThreads = 3 }.NewSessionOptions();
        Assert.Equal((1, 3), (usual.IntraOpNumThreads, three.IntraOpNumThreads));
    }
}
