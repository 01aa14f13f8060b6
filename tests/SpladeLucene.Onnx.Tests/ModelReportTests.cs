using SpladeLucene.Onnx.Tests.Support;

namespace SpladeLucene.Onnx.Tests;

public sealed class ModelReportTests
{
    [Fact]
    public void Of_FolderThatLoads_SaysHowItIsUsed()
    {
        using ModelDirectory folder = new TableModel().Folder().With("splade.json", """{"maxTokens": 1000}""")
            .With("idf.json", """{"apple": 1}""");
        ModelReport report = ModelReport.Of(folder.Path);
        Assert.Null(report.Problem);
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(folder.Path);
        Assert.Equal(
            [
                ("files", "model.onnx, vocab.txt, idf.json, splade.json"),
                ("graph", $"model.onnx, {new FileInfo(folder.PathOf("model.onnx")).Length} bytes"),
                ("tokenizer", "WordPiece, lowercase, 12 entries, [CLS] … [SEP]"),
                ("inputs", "input_ids Int64, attention_mask Int64, token_type_ids Int64"),
                ("head", "max-log1p-relu, pooled here from 'logits'"),
                ("spans", "each term knows the words that it came from"), ("length", "1,000 tokens, longer texts are cut off"),
                ("queries", "encoded as documents, or by idf.json with InferenceFreeQueryEncoder"),
                ("batches", "several texts in a run"), ("fingerprint", encoder.Fingerprint.ToString()),
            ],
            report.Facts.Select(fact => (fact.Name, fact.Value)));
        Assert.Contains("tokenizer    WordPiece", report.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model.onnx", "version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "it is a pointer of Git LFS")]
    [InlineData("model.onnx", "<!DOCTYPE html><html>", "it is a web page; expected a complete ONNX model")]
    [InlineData("model.onnx", "PK\u0003\u0004zip", "it is a zip file")]
    [InlineData("splade.json", "<html></html>", "it is a web page; expected a JSON object")]
    [InlineData("tokenizer.json", "version https://git-lfs.github.com/spec/v1\n", "it is a pointer of Git LFS")]
    public void Of_FileThatIsSomethingElse_SaysWhatItIs(string name, string content, string reason)
    {
        using ModelDirectory folder = new TableModel().Folder().With(name, content);
        ModelReport report = ModelReport.Of(folder.Path);
        Assert.Contains(reason, report.Problem, StringComparison.Ordinal);
        Assert.Contains(reason, Assert.Throws<ModelLoadException>(() => OnnxSparseEncoder.Load(folder.Path)).Message,
            StringComparison.Ordinal);
        Assert.Equal("files", report.Facts[0].Name);
    }

    [Theory]
    [InlineData("BertForSequenceClassification", "a classifier or cross-encoder (BertForSequenceClassification)")]
    [InlineData("BertForTokenClassification", "a model that labels tokens")]
    [InlineData("BertModel", "an encoder without a head, such as sentence embeddings have")]
    public void Of_ModelOfAnotherKind_SaysWhichKind(string architecture, string kind)
    {
        OnnxModel graph = new OnnxModel().Input("input_ids").Input("attention_mask")
            .Constant("table", new float[12 * 5], 12, 5).Node("Gather", ["table", "input_ids"], "logits")
            .Output("logits", "texts", "tokens", "5");
        OnnxModel classes = new OnnxModel().Input("input_ids").Input("attention_mask")
            .Constant("table", new float[12 * 5], 12, 5).Node("Gather", ["table", "input_ids"], "own")
            .Constant("second", new long[] { 1 }, 1).Node("ReduceSum", ["own", "second"], "scores", ("keepdims", 0))
            .Output("scores", "texts", "5");
        using ModelDirectory one = TableModel.Folder(classes)
            .With("config.json", $$"""{"architectures": ["{{architecture}}"]}""");
        Assert.Contains($"config.json says that it is {kind}", ModelReport.Of(one.Path).Problem, StringComparison.Ordinal);
        using ModelDirectory other = TableModel.Folder(graph);
        Assert.DoesNotContain("config.json says", ModelReport.Of(other.Path).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_WeightsWithoutAGraph_SaysHowToExport()
    {
        using ModelDirectory folder = new ModelDirectory().With("pytorch_model.bin", "x");
        Assert.Contains("pytorch_model.bin has only the weights: optimum-cli export onnx --model",
            ModelReport.Of(folder.Path).Problem, StringComparison.Ordinal);
        Assert.Contains("the folder does not exist", ModelReport.Of(folder.PathOf("none")).Problem, StringComparison.Ordinal);
        Assert.ThrowsAny<ArgumentException>(() => ModelReport.Of(" "));
    }
}
