namespace SpladeLucene.Onnx.Folder;

/// <summary>
/// Which parts of a sentence-transformers folder make a document's vector, and which a query's: <c>modules.json</c>, and
/// <c>router_config.json</c> where the two differ.
/// </summary>
internal sealed record ModelRoutes
{
    private const string Modules = "modules.json", Router = "router_config.json";
    private const string ModuleType = "type", ModulePath = "path";
    private const string Head = "SpladePooling";
    private const string ExpectedModules =
        "an MLMTransformer and a SpladePooling alone, or 'pooling' and 'activation' in splade.json";

    // Its name, and the one that it had before it was published.
    private static readonly string[] Tables = ["SparseStaticEmbedding", "IDF"];

    private readonly string _folder;
    private readonly string? _head;

    private ModelRoutes(string folder, string? head) => (_folder, _head) = (folder, head);

    /// <summary>The folder of the documents' transformer: its tokenizer, its length and perhaps its graph.</summary>
    public required string Documents { get; init; }

    /// <summary>The folder of the table that queries are weighed by; null where they go the documents' way.</summary>
    public string? Queries { get; private init; }

    /// <exception cref="ModelLoadException">The router's file is damaged, or asks for what is not done.</exception>
    public static ModelRoutes Read(string folder)
    {
        string modules = Path.Combine(folder, Modules), router = Path.Combine(folder, Router);
        bool routed = !File.Exists(modules) ? File.Exists(router)
            : JsonFile.ReadObjects(modules).ToArray() is [var only] && TypeOf(only.Text(ModuleType)) is "Router" or "Asym";
        return routed ? ReadRouter(folder, JsonFile.Read(router))
            : new ModelRoutes(folder, null) { Documents = folder };
    }

    /// <summary>What the head's file says; null where there is none.</summary>
    /// <exception cref="ModelLoadException">The modules are others than a transformer and its head.</exception>
    public JsonFile? FindHead()
    {
        if (_head is not null) return JsonFile.Read(Path.Combine(_head, "config.json"));
        string modules = Path.Combine(_folder, Modules);
        if (File.Exists(modules)) return JsonFile.Read(Path.Combine(_folder, HeadOf(modules), "config.json"));
        string[] heads = FindHeads();
        return heads.Length switch
        {
            0 => null,
            1 => JsonFile.Read(Path.Combine(heads[0], "config.json")),
            _ => throw new ModelLoadException(_folder, $"{heads.Length} folders are called N_{Head}", "one"),
        };
    }

    /// <summary>Whether there is a head, whatever else the modules are.</summary>
    public bool HasHead => _head is not null || (File.Exists(Path.Combine(_folder, Modules))
        ? JsonFile.ReadObjects(Path.Combine(_folder, Modules)).Any(part => TypeOf(part.Text(ModuleType)) == Head)
        : FindHeads().Length > 0);

    /// <summary>The documents' file of this name, or that of the folder itself.</summary>
    public string PathOf(string name)
    {
        string own = Path.Combine(Documents, name);
        return File.Exists(own) ? own : Path.Combine(_folder, name);
    }

    private string[] FindHeads() => ModelFile.List(_folder, folder => Directory.GetDirectories(folder, $"*_{Head}"));

    private static ModelRoutes ReadRouter(string folder, JsonFile router)
    {
        const string Expected = "an MLMTransformer and a SpladePooling for documents, and a SparseStaticEmbedding or the "
            + "same two for queries";
        JsonFile types = router.Object("types") ?? throw router.Refuse("types", "the type of each module");
        JsonFile routes = router.Object("structure") ?? throw router.Refuse("structure", "'query' and 'document'");
        string[] documents = [.. routes.Strings("document")], queries = [.. routes.Strings("query")];
        string TypeOfModule(string name) => TypeOf(types.Text(name));
        if (documents.Length != 2 || TypeOfModule(documents[0]) is not ("MLMTransformer" or "Transformer")
            || TypeOfModule(documents[1]) != Head)
            throw routes.Refuse("document", Expected);
        bool same = queries.SequenceEqual(documents, StringComparer.Ordinal);
        if (!same && (queries.Length != 1 || !Tables.Contains(TypeOfModule(queries[0])))) throw routes.Refuse("query", Expected);
        return new ModelRoutes(folder, FolderOf(folder, documents[1], routes, "document"))
        {
            Documents = documents[0].Length == 0 ? folder : FolderOf(folder, documents[0], routes, "document"),
            Queries = same ? null : FolderOf(folder, queries[0], routes, "query"),
        };
    }

    // The folder of the head, of a list that must be a transformer beside modules.json and its head.
    private static string HeadOf(string modules)
    {
        JsonFile[] parts = [.. JsonFile.ReadObjects(modules)];
        for (int i = 0; i < parts.Length; i++)
        {
            string type = TypeOf(parts[i].Text(ModuleType));
            if (i == 0 ? type is not ("MLMTransformer" or "Transformer") : i > 1 || type != Head)
                throw parts[i].Refuse(ModuleType, ExpectedModules);
        }

        if (parts.Length < 2)
            throw new ModelLoadException(modules, $"it lists {parts.Length} modules", ExpectedModules);
        if (parts[0].Text(ModulePath) is not (null or "")) throw parts[0].Refuse(ModulePath, "\"\", the folder itself");
        string path = parts[1].Text(ModulePath) ?? "";
        return IsName(path) ? path : throw parts[1].Refuse(ModulePath, "the name of a folder in this one");
    }

    private static string FolderOf(string folder, string name, JsonFile routes, string route) => IsName(name)
        ? Path.Combine(folder, name) : throw routes.Refuse(route, "names of folders in this one");

    private static bool IsName(string path) => path.Length > 0 && path != ".." && Path.GetFileName(path) == path;

    private static string TypeOf(string? type) => type?.Split('.')[^1] ?? "";
}
