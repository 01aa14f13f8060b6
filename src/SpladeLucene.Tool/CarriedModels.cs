using SpladeLucene.Onnx;

namespace SpladeLucene.Tool;

/// <summary>The models that come along with the tool, each known by its name.</summary>
internal static class CarriedModels
{
    private static readonly string Home = Path.Combine(AppContext.BaseDirectory, "models");

    /// <summary>The names, in their order; none where the tool was built without models.</summary>
    public static IReadOnlyList<string> Names => Directory.Exists(Home)
        ? [.. Directory.EnumerateDirectories(Home).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)]
        : [];

    /// <summary>The folder that is meant: the one that is there, else the carried model of that name.</summary>
    /// <exception cref="ModelLoadException">It is neither; the message lists the names.</exception>
    public static string FolderOf(string asked)
    {
        if (Directory.Exists(asked)) return asked;
        return Names.Contains(asked, StringComparer.Ordinal)
            ? Path.Combine(Home, asked)
            : throw new ModelLoadException(asked, "there is no such folder",
                $"a model's folder, or a model that comes along ({string.Join(", ", Names)}); other models' packages bring "
                + "theirs into the output of what uses them, under 'models'");
    }
}
