using SpladeLucene.Onnx;

namespace SpladeLucene.Models;

/// <summary>
/// The model <c>splade-small-en</c>, whose files this package puts beside the application, under <c>models/splade-small-en</c>.
/// </summary>
public static class SpladeSmallEn
{
    /// <summary>The folder that holds the model's files: <c>models/splade-small-en</c> beside the application.</summary>
    public static string Folder => Path.Combine(AppContext.BaseDirectory, "models", "splade-small-en");

    /// <summary>
    /// Loads the model: reads its files and runs it once. Takes a fraction of a second; load it once and share it, the
    /// encoder is safe to share between threads. The caller disposes it.
    /// </summary>
    /// <param name="options">Limits and threads; null for the model's own.</param>
    /// <exception cref="ModelLoadException">The files did not come along with the application.</exception>
    public static OnnxSparseEncoder Load(OnnxSparseEncoderOptions? options = null) =>
        OnnxSparseEncoder.Load(Folder, options);
}
