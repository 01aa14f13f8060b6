using SpladeLucene.Onnx.Heads;
using SpladeLucene.Onnx.Tokenization;
using SpladeLucene.Vectors;

namespace SpladeLucene.Onnx.Folder;

/// <summary>
/// What sentence-transformers keeps beside a model, asked for what splade.json leaves open: <c>modules.json</c> and
/// <c>N_SpladePooling/config.json</c> for the head, <c>sentence_bert_config.json</c> for the length of texts and, where
/// there is no splade.json, <c>config_sentence_transformers.json</c>. What is not done here is refused by its name.
/// </summary>
internal sealed record SentenceTransformersFiles
{
    private const string Modules = "modules.json", Head = "SpladePooling", HeadConfig = "config.json";
    private const string ModuleType = "type", ModulePath = "path";
    private const string Texts = "sentence_bert_config.json", LongestText = "max_seq_length", Lowercase = "do_lower_case";
    private const string Model = "config_sentence_transformers.json", Prompts = "prompts", Task = "transformer_task";
    private const string LongestOfTokenizer = "model_max_length", Strategy = "pooling_strategy";
    private const string Function = "activation_function";

    public Pooling? Pooling { get; private init; }

    public Activation? Activation { get; private init; }

    public int? MaxTokens { get; private init; }

    /// <exception cref="ModelLoadException">A file is damaged, or asks for what is not done.</exception>
    public static SentenceTransformersFiles Read(
        string folder, SpladeJson splade, TokenizerSettings tokenizer, int? positions)
    {
        if (!splade.Exists) RequirePlainModel(Path.Combine(folder, Model));
        JsonFile? head = splade is { Pooling: not null, Activation: not null } ? null : FindHead(folder);
        head?.RequireKnown([Strategy, Function, "word_embedding_dimension", "chunk_size"]);
        return new SentenceTransformersFiles
        {
            Pooling = head?.OneOf<Pooling>(Strategy, ("max", Heads.Pooling.Max), ("sum", Heads.Pooling.Sum)),
            // SpladePooling takes the logarithm of what the function gives: "relu" is SPLADE's own head.
            Activation = head?.OneOf<Activation>(Function, ("relu", Heads.Activation.Log1pRelu),
                ("log1p_relu", Heads.Activation.Log1pLog1pRelu)),
            MaxTokens = splade.MaxTokens is null ? ReadMaxTokens(folder, tokenizer, positions) : null,
        };
    }

    private static JsonFile? FindHead(string folder)
    {
        string modules = Path.Combine(folder, Modules);
        if (File.Exists(modules)) return JsonFile.Read(Path.Combine(folder, HeadOf(modules), HeadConfig));
        string[] heads = Directory.GetDirectories(folder, $"*_{Head}");
        return heads.Length switch
        {
            0 => null,
            1 => JsonFile.Read(Path.Combine(heads[0], HeadConfig)),
            _ => throw new ModelLoadException(folder, $"{heads.Length} folders are called N_{Head}", "one"),
        };
    }

    // The folder of the head, of a list that must be a transformer beside modules.json and its head.
    private static string HeadOf(string modules)
    {
        JsonFile[] parts = [.. JsonFile.ReadObjects(modules)];
        const string Expected = "an MLMTransformer and a SpladePooling alone, or 'pooling' and 'activation' in splade.json";
        for (int i = 0; i < parts.Length; i++)
        {
            string type = parts[i].Text(ModuleType)?.Split('.')[^1] ?? "";
            if (i == 0 ? type is not ("MLMTransformer" or "Transformer") : i > 1 || type != Head)
                throw parts[i].Refuse(ModuleType, Expected);
        }

        if (parts.Length < 2)
            throw new ModelLoadException(modules, $"it lists {parts.Length} modules", Expected);
        if (parts[0].Text(ModulePath) is not (null or "")) throw parts[0].Refuse(ModulePath, "\"\", the folder itself");
        string path = parts[1].Text(ModulePath) ?? "";
        return path.Length > 0 && path != ".." && Path.GetFileName(path) == path
            ? path : throw parts[1].Refuse(ModulePath, "the name of a folder in this one");
    }

    private static int? ReadMaxTokens(string folder, TokenizerSettings tokenizer, int? positions)
    {
        JsonFile? file = JsonFile.ReadIfThere(Path.Combine(folder, Texts));
        if (file is { } texts)
        {
            texts.RequireKnown([LongestText, Lowercase, Task, "modality_config", "module_output_name"]);
            if (texts.Text(Task) is not (null or "fill-mask")) throw texts.Refuse(Task, "\"fill-mask\"");
            if (texts.Flag(Lowercase) == true && tokenizer is not BertSettings { Lowercase: true })
                throw texts.Refuse(Lowercase, "false, as in the tokenizer");
            if (texts.Whole(LongestText, OnnxSparseEncoderOptions.TokenLimits) is { } tokens) return tokens;
        }

        // Then it is the tokenizer's length, and the model's where that is less.
        if (file is null && !File.Exists(Path.Combine(folder, Modules))) return null;
        float? longest = JsonFile.ReadIfThere(Path.Combine(folder, VocabularyFile.Config))
            ?.Number(LongestOfTokenizer, new ValueRange(OnnxSparseEncoderOptions.TokenLimits.Least, float.MaxValue));
        return longest <= (positions ?? OnnxSparseEncoderOptions.TokenLimits.Most) ? (int)longest : null;
    }

    private static void RequirePlainModel(string path)
    {
        if (JsonFile.ReadIfThere(path) is not { } file) return;
        file.RequireKnown(["model_type", "__version__", Prompts, "default_prompt_name", "similarity_fn_name"]);
        if (file.Text("model_type") is not (null or "SparseEncoder"))
            throw file.Refuse("model_type", "\"SparseEncoder\"");
        if (file.Text("similarity_fn_name") is not (null or "dot"))
            throw file.Refuse("similarity_fn_name", "\"dot\"");
        if (file.Object(Prompts) is not { } prompts) return;
        foreach (string name in prompts.Element.EnumerateObject().Select(prompt => prompt.Name))
        {
            if (prompts.Text(name) is not (null or "")) throw prompts.Refuse(name, "no words put before a text");
        }
    }
}
