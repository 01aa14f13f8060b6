using System.Globalization;
using Microsoft.ML.OnnxRuntime.Tensors;
using SpladeLucene.Onnx.Folder;
using SpladeLucene.Onnx.Fusing;
using SpladeLucene.Onnx.Graph;
using SpladeLucene.Onnx.Heads;
using SpladeLucene.Onnx.Tokenization;

namespace SpladeLucene.Onnx;

/// <summary>
/// Makes a model that pools its logits inside of the graph of one that puts them out. The logits of a text of 512 tokens over
/// 250,002 entries take 512 MB; a fused graph makes those of a few tokens at a time, and puts out the weights and the tokens
/// that won them.
/// </summary>
public static class ModelFuser
{
    /// <summary>How far a weight of a sample text may be from the original's: so much, or so much of it where it is over 1.</summary>
    public const double Tolerance = 1e-5;

    /// <summary>
    /// Writes a copy of a model's folder whose graph pools inside, encodes sample texts with both, and keeps the copy if all
    /// weights agree to <see cref="Tolerance"/>. To an index the copy is another model. Costs two loads and a copy.
    /// </summary>
    /// <param name="directory">The folder.</param>
    /// <param name="target">The copy's, which is made; not there yet, or empty.</param>
    /// <param name="options">Which graph, and how it is run; the rest counts nothing. Null for the defaults.</param>
    /// <exception cref="ModelLoadException">
    /// The folder doesn't load, its graph pools already or makes its logits in another way, or a weight differs; the message
    /// names what. Nothing is left behind.
    /// </exception>
    /// <exception cref="IOException">The target is there, or can't be written.</exception>
    /// <exception cref="ArgumentException">A folder's name is empty.</exception>
    public static FusedModel Fuse(string directory, string target, OnnxSparseEncoderOptions? options = null) =>
        Fuse(directory, target, options, tokensAtATime: null);

    /// <summary>The same with another number of tokens that have logits at a time.</summary>
    internal static FusedModel Fuse(string directory, string target, OnnxSparseEncoderOptions? options, int? tokensAtATime)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(directory);
        ArgumentException.ThrowIfNullOrWhiteSpace(target);
        if (File.Exists(target) || (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any()))
            throw new IOException($"'{target}' is there already.");
        // Texts as they are, so that what differs is the graph's doing.
        options = (options ?? new OnnxSparseEncoderOptions()) with
        {
            Pruning = Pruning.None,
            Windows = TextWindows.None,
            Length = LengthNormalization.None,
            Adjust = null,
        };
        string made = Path.TrimEndingDirectorySeparator(Path.GetFullPath(target)) + $".fusing-{Guid.NewGuid():n}";
        try
        {
            FusedModel fused = Make(directory, made, options, tokensAtATime);
            if (Directory.Exists(target)) Directory.Delete(target);
            Directory.Move(made, target);
            return fused;
        }
        finally
        {
            if (Directory.Exists(made)) Directory.Delete(made, recursive: true);
        }
    }

    private static FusedModel Make(string directory, string made, OnnxSparseEncoderOptions options, int? tokens)
    {
        ModelFolder folder = ModelFolder.Open(directory, options.ModelFile);
        // The original may have more logits than can be read at once: that's what the copy is for.
        int most = EncoderSettings.MostTokens(new OutputWidth(folder.Tokenizer.Vocabulary.Size, folder.Config.Entries).Widest);
        if (EncoderSettings.MaxTokensOf(options, folder, graph: null) > most) options = options with { MaxTokens = most };
        using OnnxSparseEncoder original = OnnxSparseEncoder.Load(directory, options);
        PoolingGraph pooling = Write(folder, original, made, tokens);
        using OnnxSparseEncoder copy = OnnxSparseEncoder.Load(made, options);
        string[] samples = [.. FusedSamples.Of(folder.Tokenizer, 3 * pooling.TokensAtATime)];
        double largest = Difference(folder.ModelPath, samples, original, copy);
        if (!(largest <= Tolerance))
        {
            throw new ModelLoadException(folder.ModelPath, string.Create(
                CultureInfo.InvariantCulture, $"pooled inside of the graph, a weight differs by {largest:g2}"), "a graph that makes the logits of each token by itself");
        }

        return new FusedModel(samples.Length, largest, pooling.TokensAtATime, pooling.Width);
    }

    private static double Difference(string path, string[] samples, OnnxSparseEncoder original, OnnxSparseEncoder copy)
    {
        try
        {
            return samples.Max(text => FusedSamples.Difference(original.Encode(text), copy.Encode(text)));
        }
        catch (SparseEncodingException bad)
        {
            throw new ModelLoadException(path, $"a sample text can't be encoded ({bad.Message})", "a graph that runs for all texts", bad);
        }
    }

    private static PoolingGraph Write(ModelFolder folder, OnnxSparseEncoder original, string made, int? tokens)
    {
        string path = folder.ModelPath;
        GraphOutputs outputs = original.Signature.Outputs;
        if (outputs.Kind != OutputKind.Logits)
            throw new ModelLoadException(path, $"its output '{outputs.Main}' needs no pooling", "a graph that puts logits out");
        GraphLayout layout = GraphLayout.Read(path);
        Require(path, layout);
        LogitsTail tail = LogitsTail.Find(path, layout, outputs.Main);
        var pooling = new PoolingGraph(tail, layout, original.Head)
        {
            Mask = original.Signature.Inputs.Where(input => input.Kind == InputKind.Mask).Select(input => input.Name).FirstOrDefault(),
            Width = original.LookAt(logits => (int)logits.GetTensorTypeAndShape().Shape[^1]),
            Tokens = tokens,
            Halves = original.LookAt(logits => logits.GetTensorTypeAndShape().ElementDataType) == TensorElementType.Float16,
        };
        string graph = Path.Combine(made, Path.GetRelativePath(folder.Path, path));
        // Before the copy's own files are there, which may be in the folder itself.
        string[] files = FusedFolder.Files(folder, GraphFile.Read(path).Weights());
        Directory.CreateDirectory(Path.GetDirectoryName(graph)!);
        FusedFile.Write(path, graph, layout, tail, pooling);
        FusedFolder.Copy(folder, made, files);
        return pooling;
    }

    private static void Require(string path, GraphLayout layout)
    {
        if (layout.OperatorSet < PoolingGraph.OldestOperatorSet)
        {
            throw new ModelLoadException(path, $"it is of operator set {layout.OperatorSet}",
                $"{PoolingGraph.OldestOperatorSet} or newer (optimum-cli export onnx --opset)");
        }

        foreach (string name in new[] { PoolingGraph.Weights, PoolingGraph.Positions })
        {
            if (layout.Has(name))
                throw new ModelLoadException(path, $"a tensor is called '{name}' already", "that name for what is pooled");
        }
    }
}

/// <summary>What a fused model is.</summary>
/// <param name="Samples">How many sample texts were encoded with both.</param>
/// <param name="LargestDifference">How far a weight was from the original's at most, as a share of it where it is over 1.</param>
/// <param name="TokensAtATime">How many tokens of each text of a batch have logits at a time.</param>
/// <param name="Width">How many logits a token has.</param>
public sealed record FusedModel(int Samples, double LargestDifference, int TokensAtATime, int Width);
