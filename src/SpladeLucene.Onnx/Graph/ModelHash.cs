using System.Security.Cryptography;

namespace SpladeLucene.Onnx.Graph;

/// <summary>The fingerprint's hash of a graph and of the weights that it keeps in other files.</summary>
internal static class ModelHash
{
    /// <exception cref="ModelLoadException">The graph is damaged, or one of its files is missing.</exception>
    public static string Of(string modelPath)
    {
        try
        {
            string folder = Path.GetDirectoryName(Path.GetFullPath(modelPath))!;
            string[] files = [modelPath, .. ExternalData.FilesOf(modelPath).Select(file => Path.Combine(folder, file))];
            if (files.Length > 1) return OfAll(modelPath, files);
            using FileStream stream = File.OpenRead(modelPath);
            return ModelFingerprint.Hash(stream);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new ModelLoadException(modelPath, e.Message, "a complete ONNX model", e);
        }
    }

    // The hash of the files' hashes: no need to read them as one stream.
    private static string OfAll(string modelPath, string[] files)
    {
        using var hashes = new MemoryStream();
        foreach (string file in files)
        {
            if (!File.Exists(file))
                throw new ModelLoadException(modelPath, $"its weights lie in {file}", "that file to exist");
            using FileStream stream = File.OpenRead(file);
            hashes.Write(SHA256.HashData(stream));
        }

        hashes.Position = 0;
        return ModelFingerprint.Hash(hashes);
    }
}
