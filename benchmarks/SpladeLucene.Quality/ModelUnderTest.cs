using SpladeLucene.Benchmarks.Shared;
using SpladeLucene.Onnx;
using SpladeLucene.Onnx.Folder;
using SpladeLucene.Onnx.Heads;
using SpladeLucene.Onnx.Tokenization;

namespace SpladeLucene.Quality;

/// <summary>The encoders of a model's folder that are compared.</summary>
internal sealed class ModelUnderTest : IDisposable
{
    private readonly OnnxSparseEncoder _encoder;
    private readonly TextTokenizer _tokenizer;
    private readonly ExpansionScale _noExpansions;

    public ModelUnderTest(string directory, OnnxSparseEncoderOptions? options = null)
    {
        _encoder = OnnxSparseEncoder.Load(directory, options);
        TokenizerSettings settings = ModelFolder.Open(directory, "model.onnx").Tokenizer;
        (_tokenizer, _noExpansions) = (settings.NewTokenizer(), new ExpansionScale(0, settings.Vocabulary));
        Splade = new RememberingEncoder(_encoder);
        Control = new MappedEncoder(Splade, WithoutExpansions);
        if (File.Exists(Path.Combine(directory, "idf.json")))
            InferenceFree = InferenceFreeQueryEncoder.Load(directory, options);
    }

    public ISparseEncoder Splade { get; }

    /// <summary>
    /// The same vectors restricted to the tokens that stand in the text: what expansion is measured against.
    /// </summary>
    public ISparseEncoder Control { get; }

    /// <summary>For queries; null where the folder has no idf.json.</summary>
    public InferenceFreeQueryEncoder? InferenceFree { get; }

    /// <summary>Refuses folders whose models have one name, which reports are named after.</summary>
    /// <exception cref="FormatException">There are two.</exception>
    /// <exception cref="ModelLoadException">One is no model.</exception>
    public static void RequireOtherNames(IReadOnlyList<string> folders)
    {
        if (folders.Count == 1) return;
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string folder in folders)
        {
            using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(folder);
            string name = encoder.Fingerprint.Name;
            if (!seen.TryAdd(name, folder))
                throw new FormatException($"The models in '{seen[name]}' and '{folder}' are both called {name}, and so would be their reports: measure them one by one, with another --output.");
        }
    }

    /// <summary>What a model's makers recommend for searching, in words.</summary>
    public static string Settings(ISparseEncoder model)
    {
        return $"fusion weight {Shown(model.FusionWeight)}, floor share {Shown(model.FloorShare)}";

        static string Shown(float? value) => value is { } said ? MarkdownTable.Number(said, "0.##") : "none";
    }

    public void Dispose()
    {
        InferenceFree?.Dispose();
        _encoder.Dispose();
    }

    private SparseVector WithoutExpansions(string text, SparseVector vector)
    {
        int limit = vector.Count == 0 || Splade.Fingerprint.Windows != TextWindows.None
            ? int.MaxValue : Splade.Fingerprint.MaxTokens;
        return _noExpansions.Apply(vector, _tokenizer.Encode(text, limit));
    }
}
