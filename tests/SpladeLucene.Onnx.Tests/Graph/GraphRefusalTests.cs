using SpladeLucene.Onnx.Tests.Support;

namespace SpladeLucene.Onnx.Tests;

/// <summary>Graphs that are damaged, or that no sparse encoder is made of.</summary>
public sealed class GraphRefusalTests
{
    private static readonly string Width = $"{TableModel.Entries.Length}";

    [Fact]
    public void Load_VocabularyOfAnotherSize_IsRefusedWithBothNumbers()
    {
        using ModelDirectory folder = new TableModel().Folder()
            .With("vocab.txt", string.Join('\n', TableModel.Entries[..^1]) + "\n");
        folder.AssertRefused("model.onnx", "its output 'logits' has 12 dimensions, and the vocabulary 11 entries");
    }

    [Theory]
    [InlineData("last_hidden_state")]
    [InlineData("token_embeddings")]
    public void Load_HiddenStates_AreRefusedWithWhatToExport(string name)
    {
        OnnxModel graph = new OnnxModel().Input("input_ids").Input("attention_mask")
            .Constant("table", new float[12 * 5], 12, 5).Node("Gather", ["table", "input_ids"], name)
            .Output(name, "texts", "tokens", "5");
        using ModelDirectory folder = TableModel.Folder(graph);
        folder.AssertRefused("model.onnx", $"its output '{name}' has 5 dimensions a token, and the vocabulary 12 entries");
        folder.AssertRefused("model.onnx", "AutoModelForMaskedLM");
    }

    [Fact]
    public void Load_LogitsOfUnknownWidth_AreCheckedByRunning()
    {
        OnnxModel graph = new OnnxModel().Input("input_ids").Input("attention_mask")
            .Constant("table", new float[12 * 12], 12, 12).Node("Gather", ["table", "input_ids"], "own")
            .Constant("zero", new long[] { 0 }, 1).Constant("two", new long[] { 2 }, 1)
            .Constant("five", new long[] { 5 }, 1)
            .Node("ReduceMin", ["input_ids"], "least", ("keepdims", 0)).Node("Max", ["least", "five"], "width")
            .Node("Slice", ["own", "zero", "width", "two"], "logits")
            .Output("logits", "texts", "tokens", "width");
        using ModelDirectory folder = TableModel.Folder(graph);
        folder.AssertRefused("model.onnx", "where [1, 3, 12] was due");
    }

    [Fact]
    public void Load_OutputOfAnotherWidth_IsRefusedWithWhatWasFound()
    {
        OnnxModel pooled = new OnnxModel().Input("input_ids").Input("attention_mask")
            .Constant("table", new float[12 * 5], 12, 5).Node("Gather", ["table", "input_ids"], "own")
            .Constant("second", new long[] { 1 }, 1)
            .Node("ReduceSum", ["own", "second"], "sentence_embedding", ("keepdims", 0))
            .Output("sentence_embedding", "texts", "5");
        using ModelDirectory folder = TableModel.Folder(pooled);
        folder.AssertRefused("model.onnx", "its outputs are 'sentence_embedding' Float [?, 5]; expected 'logits'");
    }

    [Theory]
    [InlineData("its inputs are 'ids' Int64 [?, ?], 'attention_mask' Int64 [?, ?]", "ids", "attention_mask")]
    [InlineData("expected only input_ids", "input_ids", "attention_mask", "inputs_embeds")]
    public void Load_UnknownInputs_AreRefusedByName(string reason, params string[] inputs)
    {
        var graph = new OnnxModel();
        foreach (string input in inputs) graph.Input(input);
        graph.Constant("table", new float[12 * 12], 12, 12).Node("Gather", ["table", inputs[0]], "logits")
            .Output("logits", "texts", "tokens", Width);
        using ModelDirectory folder = TableModel.Folder(graph);
        folder.AssertRefused("model.onnx", reason);
    }

    [Fact]
    public void Load_LengthBeyondAllNumbers_IsRefused()
    {
        using ModelDirectory folder = new TableModel().Folder()
            .With("model.onnx", [0x0A, .. Enumerable.Repeat((byte)0xFF, 8), 0x7F, 0x00]);
        folder.AssertRefused("model.onnx", "of its 11 bytes what stands at byte 10 cannot be read");
    }

    [Fact]
    public void Load_TruncatedModel_IsRefusedWithItsSize()
    {
        byte[] whole = new TableModel().Graph().ToArray();
        foreach (int length in new[] { 1, whole.Length / 2, whole.Length - 1 })
        {
            using ModelDirectory folder = new TableModel().Folder().With("model.onnx", whole[..length]);
            folder.AssertRefused("model.onnx", $"{length} bytes");
        }

        using ModelDirectory empty = new TableModel().Folder().With("model.onnx", "");
        empty.AssertRefused("model.onnx", "");
        using ModelDirectory pointer = new TableModel().Folder()
            .With("model.onnx", "version https://git-lfs.github.com/spec/v1\n");
        pointer.AssertRefused("model.onnx", "expected a complete ONNX model");
    }
}
