using System.Globalization;
using SpladeLucene.Onnx.Folder;
using SpladeLucene.Onnx.Graph;
using SpladeLucene.Onnx.Tokenization;

namespace SpladeLucene.Onnx;

/// <summary>
/// What a model's folder holds, how it would be used, and what keeps it from loading, if anything. Immutable.
/// </summary>
public sealed record ModelReport
{
    // What a person asks for first when a model doesn't load.
    private static readonly string[] Telling =
    [
        "model.onnx", "onnx/model.onnx", "onnx/model_quantized.onnx", "model.safetensors", "pytorch_model.bin", "tokenizer.json",
        "vocab.txt", "vocab.json", "sentencepiece.bpe.model", "config.json", "tokenizer_config.json", "modules.json",
        "router_config.json", "idf.json", "splade.json",
    ];

    private readonly List<ModelFact> _facts = [];

    private ModelReport(string folder) => Folder = folder;

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>What was found, in the order in which a model is loaded; those behind a problem are missing.</summary>
    public IReadOnlyList<ModelFact> Facts => _facts;

    /// <summary>What <see cref="OnnxSparseEncoder.Load"/> says of the folder; null where it loads.</summary>
    public string? Problem { get; private set; }

    /// <summary>Loads the folder's model as <see cref="OnnxSparseEncoder.Load"/> does, at the same cost, and lets it go.</summary>
    /// <param name="directory">The folder.</param>
    /// <param name="options">Those that it would be loaded with; null for the folder's own.</param>
    /// <exception cref="ArgumentException">The folder's name is empty.</exception>
    public static ModelReport Of(string directory, OnnxSparseEncoderOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(directory);
        options ??= new OnnxSparseEncoderOptions();
        var report = new ModelReport(directory);
        try
        {
            report.AddFiles();
            ModelFolder folder = ModelFolder.Open(directory, options.ModelFile);
            report.Add(folder);
            using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(directory, options);
            report.Add(folder, encoder);
        }
        catch (ModelLoadException bad)
        {
            report.Problem = bad.Message;
        }

        return report;
    }

    /// <summary>A line for each fact, and one for the problem.</summary>
    public override string ToString()
    {
        IEnumerable<ModelFact> all = Problem is null ? Facts : [.. Facts, new ModelFact("problem", Problem)];
        int width = all.Max(fact => fact.Name.Length);
        return string.Join('\n', all.Select(fact => $"{fact.Name.PadRight(width)}  {fact.Value}"));
    }

    private void AddFiles()
    {
        string[] there = [.. Telling.Where(name => File.Exists(Path.Combine(Folder, name)))];
        Add("files", there.Length == 0 ? "none that a model has" : string.Join(", ", there));
    }

    private void Add(ModelFolder folder)
    {
        Add("graph", $"{Path.GetRelativePath(Folder, folder.ModelPath)}, {Number(new FileInfo(folder.ModelPath).Length)} bytes");
        TokenizerSettings tokenizer = folder.Tokenizer;
        Add("tokenizer", tokenizer switch
        {
            BertSettings bert => $"WordPiece, {(bert.Lowercase ? "lowercase" : "cased")}",
            ByteLevelSettings => "byte-level BPE",
            _ => "Unigram",
        } + $", {Number(tokenizer.Vocabulary.Size)} entries, {tokenizer.FirstToken} … {tokenizer.LastToken}");
    }

    private void Add(ModelFolder folder, OnnxSparseEncoder encoder)
    {
        ModelFingerprint fingerprint = encoder.Fingerprint;
        Add("inputs", string.Join(", ", encoder.Signature.Inputs.Select(input => $"{input.Name} {input.Type}")));
        Add("head", $"{fingerprint.Head}, {KindOf(encoder.Signature.Outputs)}");
        Add("spans", encoder.HasSpans ? "each term knows the words that it came from" : "none: the graph keeps no positions");
        Add("length", $"{Number(fingerprint.MaxTokens)} tokens, " + (fingerprint.Windows == TextWindows.None
            ? "longer texts are cut off" : $"in windows of {Number(fingerprint.Windows.Tokens)}"));
        Add("queries", folder.Queries is not null ? "weighed by a table, without running the model"
            : File.Exists(Path.Combine(Folder, "idf.json"))
                ? "encoded as documents, or by idf.json with InferenceFreeQueryEncoder"
                    + (folder.Splade.SaysOfQueries ? ", for which splade.json's settings of queries don't count" : "")
                : "encoded as documents");
        Add("batches", encoder.RunsBatches ? "several texts in a run" : "one text in a run: the graph doesn't keep texts apart");
        if (encoder.Advice is { } advice) Add("advice", advice);
        Add("fingerprint", fingerprint.ToString());
    }

    private static string KindOf(GraphOutputs outputs) => outputs.Kind switch
    {
        OutputKind.Logits => $"pooled here from '{outputs.Main}'",
        OutputKind.TokenWeights => $"'{outputs.Main}', a weight for each token of the text",
        _ => $"pooled in the graph, '{outputs.Main}'",
    };

    private void Add(string name, string value) => _facts.Add(new ModelFact(name, value));

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}

/// <summary>One thing that was found in a model's folder.</summary>
/// <param name="Name">What it is, in a word: <c>files</c>, <c>tokenizer</c>, <c>head</c>, …</param>
/// <param name="Value">What was found.</param>
public sealed record ModelFact(string Name, string Value);
