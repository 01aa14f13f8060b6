using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using SpladeLucene.Onnx.Graph;
using SpladeLucene.Onnx.Tokenization;

namespace SpladeLucene.Onnx.Folder;

/// <summary>
/// sentence-transformers' SparseStaticEmbedding: what each token of a query weighs, in <c>model.safetensors</c> or in
/// the file of entries that its config.json names.
/// </summary>
/// <param name="Weights">By id.</param>
/// <param name="MaxTokens">How many tokens of a query count, which has none around it; null where no file says so.</param>
internal sealed record StaticEmbedding(float[] Weights, int? MaxTokens)
{
    private const string WeightsFile = "model.safetensors", Tensor = "weight";
    private const int LongestHeader = 1 << 20;

    /// <exception cref="ModelLoadException">A file is missing or damaged, or belongs to another vocabulary.</exception>
    public static StaticEmbedding Read(string folder, TokenizerSettings documents)
    {
        RequireTokenizer(folder, documents);
        return new StaticEmbedding(ReadWeights(folder, documents),
            SentenceTransformersFiles.ReadLongest(Path.Combine(folder, TokenizerConfig.FileName), positions: null));
    }

    private static float[] ReadWeights(string folder, TokenizerSettings documents)
    {
        JsonFile? config = JsonFile.ReadIfThere(Path.Combine(folder, "config.json"));
        config?.RequireKnown(["frozen", "path"]);
        if (config?.Text("path") is { } name)
        {
            if (Path.GetFileName(name) != name) throw config.Value.Refuse("path", "the name of a file in this folder");
            return IdfJson.Read(Path.Combine(folder, name), documents.Vocabulary).Weights;
        }

        string path = Path.Combine(folder, WeightsFile);
        if (!File.Exists(path) && File.Exists(Path.Combine(folder, "pytorch_model.bin")))
            throw new ModelLoadException(path, "the file does not exist", "the weights of pytorch_model.bin as safetensors");
        float[] found = ReadTensor(path);
        if (found.Length > documents.Vocabulary.Size && !new OutputWidth(documents.Vocabulary.Size).Fits(found.Length))
        {
            throw new ModelLoadException(path, $"it weighs {found.Length} tokens, and the vocabulary has "
                + $"{documents.Vocabulary.Size} entries", "the same number");
        }

        float[] weights = new float[documents.Vocabulary.Size];
        for (int id = 0; id < Math.Min(found.Length, weights.Length); id++)
        {
            if (!float.IsFinite(found[id]) || found[id] < 0)
            {
                throw new ModelLoadException(path, string.Create(
                    CultureInfo.InvariantCulture, $"the weight of the id {id} is {found[id]}"), "weights of 0 or more");
            }

            weights[id] = found[id];
        }

        return weights;
    }

    // Where it has one of its own, it must cut texts as the documents' does.
    private static void RequireTokenizer(string folder, TokenizerSettings documents)
    {
        if (ModelFolder.FindTokenizer(name => Path.Combine(folder, name)) is not { } own
            || TokenizerHash.Of(own.Settings) == TokenizerHash.Of(documents))
            return;
        throw new ModelLoadException(own.Path, "it is another tokenizer than the documents'", "the same");
    }

    // The length of a header, the header as JSON, the numbers.
    private static float[] ReadTensor(string path)
    {
        try
        {
            if (FileKind.LengthOf(path) < sizeof(long)) throw Damaged(path);
            using FileStream file = File.OpenRead(path);
            byte[] length = new byte[sizeof(long)];
            file.ReadExactly(length);
            long header = BinaryPrimitives.ReadInt64LittleEndian(length);
            if (header is < 2 or > LongestHeader || header > file.Length - sizeof(long)) throw Damaged(path);
            byte[] text = new byte[header];
            file.ReadExactly(text);
            using JsonDocument document = JsonDocument.Parse(ModelFile.Decode(path, text));
            JsonStrings.Require(path, document.RootElement);
            (int width, long from, long to) = Entry(path, document.RootElement);
            if (to > file.Length - sizeof(long) - header) throw Damaged(path);
            file.Position = sizeof(long) + header + from;
            byte[] numbers = new byte[to - from];
            file.ReadExactly(numbers);
            return width == sizeof(float) ? MemoryMarshal.Cast<byte, float>(numbers).ToArray()
                : Array.ConvertAll(MemoryMarshal.Cast<byte, Half>(numbers).ToArray(), half => (float)half);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new ModelLoadException(path, e.Message, "a readable safetensors file", e);
        }
    }

    private static (int Width, long From, long To) Entry(string path, JsonElement header)
    {
        if (header.ValueKind != JsonValueKind.Object || !header.TryGetProperty(Tensor, out JsonElement entry)
            || entry.ValueKind != JsonValueKind.Object)
            throw new ModelLoadException(path, $"it has no tensor '{Tensor}'", "what each token weighs under that name");
        int width = Text(entry, "dtype") switch { "F32" => sizeof(float), "F16" => 2, _ => 0 };
        long[] shape = Numbers(entry, "shape"), places = Numbers(entry, "data_offsets");
        if (width > 0 && shape is [var count] && places is [var from, var to] && from >= 0 && to - from == count * width
            && TokenizerJson.Ids.Contains(count - 1))
            return (width, from, to);
        throw new ModelLoadException(path, $"its tensor '{Tensor}' is {entry.GetRawText()}", "F32 or F16 [tokens]");
    }

    private static string? Text(JsonElement entry, string member) =>
        entry.TryGetProperty(member, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString() : null;

    private static long[] Numbers(JsonElement entry, string member) =>
        entry.TryGetProperty(member, out JsonElement value) && value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Select(each => each.ValueKind == JsonValueKind.Number
                && each.TryGetInt64(out long number) ? number : -1)] : [];

    private static ModelLoadException Damaged(string path) =>
        new(path, $"of its {new FileInfo(path).Length} bytes the header cannot be read", "a complete safetensors file");
}
