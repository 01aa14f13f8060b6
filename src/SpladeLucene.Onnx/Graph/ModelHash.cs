using System.Security.Cryptography;

namespace SpladeLucene.Onnx.Graph;

/// <summary>The fingerprint's hash of a graph and of the weights that it keeps in other files.</summary>
internal static class ModelHash
{
    /// <exception cref="ModelLoadException">A file cannot be read, or is not one of the model's folder.</exception>
    public static string Of(string modelPath, GraphFile graph)
    {
        try
        {
            IReadOnlyList<string> weights = graph.Weights();
            if (weights.Count > 0) return OfAll([modelPath, .. weights]);
            using FileStream stream = File.OpenRead(modelPath);
            return ModelFingerprint.Hash(stream);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelLoadException(modelPath, e.Message, "a readable ONNX model", e);
        }
    }

    // The hash of the files' hashes: no need to read them as one stream.
    private static string OfAll(string[] files)
    {
        using var hashes = new MemoryStream();
        foreach (string file in files)
        {
            using FileStream stream = File.OpenRead(file);
            hashes.Write(SHA256.HashData(stream));
        }

        hashes.Position = 0;
        return ModelFingerprint.Hash(hashes);
    }
}
