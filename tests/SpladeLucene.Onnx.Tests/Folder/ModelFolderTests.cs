using SpladeLucene.Onnx.Tests.Support;

namespace SpladeLucene.Onnx.Tests;

/// <summary>What a folder may hold: names of files, of inputs and of outputs.</summary>
public sealed class ModelFolderTests
{
    private static readonly string Width = $"{TableModel.Entries.Length}";

    [Fact]
    public void Load_GraphWithoutTokenTypes_Works()
    {
        TableModel model = new() { Inputs = ["input_ids", "attention_mask"] };
        using ModelDirectory folder = model.Set("fig", "egg", 1).Folder();
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(folder.Path);
        Assert.Equal(["egg"], encoder.Encode("fig").Select(term => term.Term));
    }

    [Fact]
    public void Load_OtherNamesThatLeaveNoDoubt_Works()
    {
        using ModelDirectory folder = new TableModel
        {
            Inputs = ["input_ids", "segment_ids", "input_mask"],
            OutputName = "prediction_scores",
        }.Set("fig", "egg", 1).Folder();
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(folder.Path);
        Assert.Equal(["egg"], encoder.Encode("fig").Select(term => term.Term));
    }

    [DataFact]
    public void Load_ToyModelWithAnOutputToSpare_FindsThePredictionScores()
    {
        string[] entries = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", .. Enumerable.Range(4, 95).Select(i => $"w{i}")];
        using ModelDirectory folder = new ModelDirectory()
            .WithCopy("model.onnx", TestData.PathOf("onnx", "bert_toy_optimized.onnx"))
            .With("vocab.txt", string.Join('\n', entries) + "\n");
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(folder.Path);
        Assert.NotEmpty(encoder.Encode("w5 w6 w7"));
    }

    [Fact]
    public void Load_WeightsInAnotherFile_CountInTheFingerprint()
    {
        using ModelDirectory one = ExternalFolder(new TableModel().Set("fig", "egg", 1));
        using ModelDirectory other = ExternalFolder(new TableModel().Set("fig", "egg", 2));
        using OnnxSparseEncoder first = OnnxSparseEncoder.Load(one.Path);
        using OnnxSparseEncoder second = OnnxSparseEncoder.Load(other.Path);
        Assert.Equal(["egg"], first.Encode("fig").Select(term => term.Term));
        Assert.False(first.Fingerprint.Matches(second.Fingerprint));
        File.Delete(other.PathOf("weights.bin"));
        other.AssertRefused("model.onnx", "weights.bin");
    }

    [Fact]
    public void Load_MissingFiles_AreNamed()
    {
        using ModelDirectory folder = new();
        string missing = Assert.Throws<ModelLoadException>(
            () => OnnxSparseEncoder.Load(folder.PathOf("no such folder"))).Message;
        Assert.Contains("the folder does not exist", missing, StringComparison.Ordinal);
        Assert.Contains("SpladeLucene.Models.TinyEn", missing, StringComparison.Ordinal);
        Assert.Contains("optimum-cli export onnx --model NAME --task fill-mask", missing, StringComparison.Ordinal);
        folder.AssertRefused("model.onnx", "the file does not exist");
        folder.With("onnx/model_quantized.onnx", "");
        folder.AssertRefused("model.onnx", "model_quantized.onnx is there and can be named by "
            + "OnnxSparseEncoderOptions.ModelFile");
        folder.With("model.onnx", new TableModel().Graph().ToArray());
        folder.AssertRefused("", "neither tokenizer.json nor vocab.txt is there; expected one of them");
        folder.With("sentencepiece.bpe.model", "x");
        folder.AssertRefused("", "the tokenizer.json that transformers makes of sentencepiece.bpe.model");
    }

    [Fact]
    public void Load_GraphWhereOptimumPutsIt_IsFound()
    {
        using ModelDirectory folder = new ModelDirectory()
            .With("vocab.txt", string.Join('\n', TableModel.Entries) + "\n")
            .With("onnx/model.onnx", new TableModel().Set("fig", "egg", 1).Graph().ToArray())
            .With("onnx/model_quantized.onnx", new TableModel().Set("fig", "date", 1).Graph().ToArray());
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(folder.Path);
        using OnnxSparseEncoder other = OnnxSparseEncoder.Load(
            folder.Path, new OnnxSparseEncoderOptions { ModelFile = "model_quantized.onnx" });
        Assert.Equal(["egg"], encoder.Encode("fig").Select(term => term.Term));
        Assert.Equal(["date"], other.Encode("fig").Select(term => term.Term));
    }

    private static ModelDirectory ExternalFolder(TableModel model)
    {
        OnnxModel graph = new OnnxModel().Input("input_ids").Input("attention_mask")
            .External("table", "weights.bin", 12, 12).Node("Gather", ["table", "input_ids"], "logits")
            .Output("logits", "texts", "tokens", Width);
        return TableModel.Folder(graph)
            .With("weights.bin", System.Runtime.InteropServices.MemoryMarshal.AsBytes(model.Table.AsSpan()).ToArray());
    }
}
