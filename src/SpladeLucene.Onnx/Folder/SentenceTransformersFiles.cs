using SpladeLucene.Onnx.Heads;
using SpladeLucene.Onnx.Tokenization;
using SpladeLucene.Vectors;

namespace SpladeLucene.Onnx.Folder;

/// <summary>
/// What sentence-transformers keeps beside a model, asked for what splade.json leaves open:
/// <c>N_SpladePooling/config.json</c> for the head, <c>sentence_bert_config.json</c> for the length of texts and, where
/// there is no splade.json, <c>config_sentence_transformers.json</c>. What is not done here is refused by its name.
/// </summary>
internal sealed record SentenceTransformersFiles
{
    private const string Texts = "sentence_bert_config.json", LongestText = "max_seq_length", Lowercase = "do_lower_case";
    private const string Model = "config_sentence_transformers.json", Prompts = "prompts", Task = "transformer_task";
    private const string LongestOfTokenizer = "model_max_length", Strategy = "pooling_strategy";
    private const string Function = "activation_function";

    public Pooling? Pooling { get; private init; }

    public Activation? Activation { get; private init; }

    public int? MaxTokens { get; private init; }

    /// <exception cref="ModelLoadException">A file is damaged, or asks for what is not done.</exception>
    public static SentenceTransformersFiles Read(
        string folder, ModelRoutes routes, SpladeJson splade, TokenizerSettings tokenizer, int? positions)
    {
        if (!splade.Exists) RequirePlainModel(Path.Combine(folder, Model));
        JsonFile? head = splade is { Pooling: not null, Activation: not null } ? null : routes.FindHead();
        head?.RequireKnown([Strategy, Function, "word_embedding_dimension", "chunk_size"]);
        return new SentenceTransformersFiles
        {
            Pooling = head?.OneOf<Pooling>(Strategy, ("max", Heads.Pooling.Max), ("sum", Heads.Pooling.Sum)),
            // SpladePooling takes the logarithm of what the function gives: "relu" is SPLADE's own head.
            Activation = head?.OneOf<Activation>(Function, ("relu", Heads.Activation.Log1pRelu),
                ("log1p_relu", Heads.Activation.Log1pLog1pRelu)),
            MaxTokens = splade.MaxTokens is null ? ReadMaxTokens(folder, routes, tokenizer, positions) : null,
        };
    }

    private static int? ReadMaxTokens(
        string folder, ModelRoutes routes, TokenizerSettings tokenizer, int? positions)
    {
        JsonFile? file = JsonFile.ReadIfThere(routes.PathOf(Texts));
        if (file is { } texts)
        {
            texts.RequireKnown([LongestText, Lowercase, Task, "modality_config", "module_output_name"]);
            if (texts.Text(Task) is not (null or "fill-mask")) throw texts.Refuse(Task, "\"fill-mask\"");
            if (texts.Flag(Lowercase) == true && tokenizer is not BertSettings { Lowercase: true })
                throw texts.Refuse(Lowercase, "false, as in the tokenizer");
            if (texts.Whole(LongestText, OnnxSparseEncoderOptions.TokenLimits) is { } tokens) return tokens;
        }

        // Then it is the tokenizer's length, and the model's where that is less.
        if (file is null && !File.Exists(Path.Combine(folder, "modules.json"))) return null;
        float? longest = JsonFile.ReadIfThere(routes.PathOf(VocabularyFile.Config))
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
