using SpladeLucene.Onnx.Folder;

namespace SpladeLucene.Onnx.Fusing;

/// <summary>The files of a model's folder that its copy has too: not the graph itself, nor weights that nothing reads here.</summary>
internal static class FusedFolder
{
    private static readonly string[] OtherWeights =
        ["model.safetensors", "pytorch_model.bin", "tf_model.h5", "flax_model.msgpack", "rust_model.ot", "model.bin"];

    private static readonly string[] GraphEndings = [".onnx", ".onnx_data", ".onnx.data"];

    /// <summary>Which they are, as full paths.</summary>
    /// <param name="source">The folder.</param>
    /// <param name="weights">The files that the graph keeps its weights in.</param>
    public static string[] Files(ModelFolder source, IReadOnlyList<string> weights)
    {
        string root = Path.GetFullPath(source.Path);
        var needed = weights.Select(Path.GetFullPath).ToHashSet(StringComparer.Ordinal);
        return [.. FilesBelow(root).Where(file => needed.Contains(file) || IsRead(root, file))];
    }

    /// <param name="source">The folder.</param>
    /// <param name="target">The copy, which is there.</param>
    /// <param name="files">Those of <see cref="Files"/>.</param>
    public static void Copy(ModelFolder source, string target, IReadOnlyList<string> files)
    {
        string root = Path.GetFullPath(source.Path);
        foreach (string file in files)
        {
            string copy = Path.Combine(target, Path.GetRelativePath(root, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    // Folders with a dot are of tools such as git.
    private static IEnumerable<string> FilesBelow(string folder) => Directory.EnumerateFiles(folder).Concat(
        Directory.EnumerateDirectories(folder).Where(each => !Path.GetFileName(each).StartsWith('.')).SelectMany(FilesBelow));

    private static bool IsRead(string root, string file) =>
        !GraphEndings.Any(ending => file.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
        && !(Path.GetDirectoryName(file) == root && OtherWeights.Contains(Path.GetFileName(file)));
}
