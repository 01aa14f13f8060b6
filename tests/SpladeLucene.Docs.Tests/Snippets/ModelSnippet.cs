using SpladeLucene.Docs.Tests.Shell;
using SpladeLucene.Onnx;

namespace SpladeLucene.Docs.Tests.Snippets;

/// <summary>The code of docs/models.md that loads a folder.</summary>
[Collection(nameof(WholeProcess))]
public sealed class ModelSnippet
{
    [Fact]
    public void FolderWithOneSettingChanged_KeepsNoMoreTerms()
    {
        using var folder = new ToolFolder();

        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load("my-model", new OnnxSparseEncoderOptions
        {
            // Keeps all that the folder says but one setting.
            Adjust = own => own with { Pruning = own.Pruning with { MaxTerms = 128 } },
        });

        Assert.InRange(encoder.Encode("dog ill").Count, 1, 128);
    }
}
