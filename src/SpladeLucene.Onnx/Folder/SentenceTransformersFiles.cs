using SpladeLucene.Onnx.Heads;
using SpladeLucene.Onnx.Tokenization;
using SpladeLucene.Vectors;

namespace SpladeLucene.Onnx.Folder;

/// <summary>
/// What sentence-transformers keeps beside a model: <c>sentence_bert_config.json</c> with the length of texts,
/// <c>config_sentence_transformers.json</c>, and <c>N_SpladePooling/config.json</c> with the head. What is not done here is
/// refused by its name, whatever splade.json says beside it.
/// </summary>
internal sealed record SentenceTransformersFiles
{
    private const string LongestText = "max_seq_length", Lowercase = "do_lower_case";
    private const string Model = "config_sentence_transformers.json", Prompts = "prompts", Task = "transformer_task";
    private const string LongestOfTokenizer = "model_max_length", Strategy = "pooling_strategy";
    private const string Function = "activation_function";

    // The first that is there counts: older versions called it by the model's family.
    private static readonly string[] Texts =
    [
        "sentence_bert_config.json", "sentence_roberta_config.json", "sentence_distilbert_config.json",
        "sentence_camembert_config.json", "sentence_albert_config.json", "sentence_xlm-roberta_config.json",
        "sentence_xlnet_config.json",
    ];

    private readonly ModelRoutes _routes;

    private SentenceTransformersFiles(ModelRoutes routes) => _routes = routes;

    /// <summary>How many tokens of a text the model is given, where a file says so.</summary>
    public int? MaxTokens { get; private init; }

    /// <summary>Whether the folder says how logits are pooled.</summary>
    public bool HasHead => _routes.HasHead;

    /// <exception cref="ModelLoadException">A file is damaged, or asks for what is not done.</exception>
    public static SentenceTransformersFiles Read(
        string folder, ModelRoutes routes, TokenizerSettings tokenizer, int? positions)
    {
        RequirePlainModel(Path.Combine(folder, Model));
        return new SentenceTransformersFiles(routes) { MaxTokens = ReadMaxTokens(folder, routes, tokenizer, positions) };
    }

    /// <summary>How logits are pooled and what makes weights of them; null where no file says so.</summary>
    /// <exception cref="ModelLoadException">There are modules that make no vector of terms, or a file asks for what is not done.</exception>
    public (Pooling? Pooling, Activation? Activation) ReadHead()
    {
        JsonFile? head = _routes.FindHead();
        head?.RequireKnown([Strategy, Function, "embedding_dimension", "word_embedding_dimension", "chunk_size"]);
        // SpladePooling takes the logarithm of what the function gives: "relu" is SPLADE's own head.
        return (head?.OneOf<Pooling>(Strategy, ("max", Pooling.Max), ("sum", Pooling.Sum)),
            head?.OneOf<Activation>(Function, ("relu", Activation.Log1pRelu), ("log1p_relu", Activation.Log1pLog1pRelu)));
    }

    private static int? ReadMaxTokens(
        string folder, ModelRoutes routes, TokenizerSettings tokenizer, int? positions)
    {
        JsonFile? file = JsonFile.ReadIfThere(Texts.Select(routes.PathOf).FirstOrDefault(File.Exists) ?? routes.PathOf(Texts[0]));
        if (file is { } texts)
        {
            texts.RequireKnown([LongestText, Lowercase, Task, "modality_config", "module_output_name", "unpad_inputs"]);
            if (texts.Text(Task) is not (null or "fill-mask")) throw texts.Refuse(Task, "\"fill-mask\"");
            if (texts.Flag(Lowercase) == true && tokenizer is not BertSettings { Lowercase: true })
                throw texts.Refuse(Lowercase, "false, as in the tokenizer");
            if (texts.Whole(LongestText, OnnxSparseEncoderOptions.TokenLimits) is { } tokens) return tokens;
        }

        // Then it is the tokenizer's length, and the model's where that is less.
        if (file is null && !File.Exists(Path.Combine(folder, "modules.json"))) return null;
        return ReadLongest(routes.PathOf(TokenizerConfig.FileName), positions);
    }

    /// <summary>How many tokens a tokenizer lets pass; null where its file doesn't say, or more than there can be.</summary>
    /// <param name="path">tokenizer_config.json, which need not be there.</param>
    /// <param name="positions">How many there can be; null where nobody says so.</param>
    public static int? ReadLongest(string path, int? positions)
    {
        float? longest = JsonFile.ReadIfThere(path)
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
            if (prompts.Text(name) is not (null or "")) throw prompts.Refuse(name, "no words put before a text; empty it and put them there where texts are encoded");
        }
    }
}
