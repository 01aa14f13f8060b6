using SpladeLucene.Onnx.Tests.Support;

namespace SpladeLucene.Onnx.Tests;

/// <summary>A part of what a folder says is changed and the rest is kept.</summary>
public sealed class AdjustTests
{
    private const string Json = """
        {"windowTokens": 6, "windowOverlap": 2, "windowMerge": "saturated", "minWeight": 0.1, "maxTerms": 9, "lengthExponent": 0.3}
        """;

    [Fact]
    public void Load_Adjusted_KeepsWhatIsNotChanged()
    {
        using ModelDirectory folder = new TableModel().Set("apple", "apple", 1).Folder().With("splade.json", Json);
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(folder.Path, new OnnxSparseEncoderOptions
        {
            Adjust = own => own with
            {
                Windows = new TextWindows(5, own.Windows.Overlap, own.Windows.Merge),
                Pruning = own.Pruning with { MaxTerms = 3 },
            },
        });

        Assert.Equal(new TextWindows(5, 2, WindowMerge.Saturated(0.6f, 0.11f)), encoder.Fingerprint.Windows);
        Assert.Equal(new Pruning { MinWeight = 0.1f, MaxTerms = 3 }, encoder.Fingerprint.Pruning);
        Assert.Equal(new LengthNormalization(0.3f), encoder.Fingerprint.Length);
        Assert.Equal(new Pruning { MinWeight = 0.1f, MaxTerms = 9 }, encoder.QueryPruning);
    }

    [Fact]
    public void Load_AdjustReturnsNull_IsRefused()
    {
        using ModelDirectory folder = new TableModel().Set("apple", "apple", 1).Folder();

        Assert.Throws<InvalidOperationException>(
            () => OnnxSparseEncoder.Load(folder.Path, new OnnxSparseEncoderOptions { Adjust = _ => null! }));
    }
}
