using System.Text.Json;
using SpladeLucene.Onnx.Tokenization;

namespace SpladeLucene.Onnx.Folder;

internal static partial class TokenizerJson
{
    private const string Mark = "\u2581", RunOfBlanks = " {2,}";

    private static UnigramSettings ReadUnigram(JsonFile file, JsonFile model, TokenizerConfig config)
    {
        RequireFlag(model, "byte_fallback", false);
        (Vocabulary entries, double?[] scores) = ReadScores(model);
        int unknown = model.Whole("unk_id", Ids) ?? throw model.Refuse("unk_id", "the id of the unknown token");
        if (unknown >= entries.Size || string.IsNullOrEmpty(entries[unknown])) throw model.Refuse("unk_id", "an entry's id");
        (Vocabulary vocabulary, IReadOnlyList<AddedToken> added) = WithAdded(file, config, entries);
        (string first, string last) = ReadTemplate(file, vocabulary);
        (bool atWhiteSpace, JsonFile metaspace) = ReadMetaspace(file);
        PrefixPlace prefix = ReadPrefix(metaspace);
        config.PrefixSpaceOver(prefix != PrefixPlace.Never, follows: false);
        return new UnigramSettings(vocabulary, added)
        {
            Scores = scores,
            Steps = file.Object("normalizer") is { } normalizer ? [.. ReadSteps(normalizer)] : [],
            SplitsAtWhiteSpace = atWhiteSpace,
            Prefix = prefix,
            SplitsAtMarks = metaspace.Flag("split") ?? true,
            UnknownToken = entries[unknown],
            FirstToken = first,
            LastToken = last,
        };
    }

    // "vocab": [["<s>", 0.0], …], ids being places.
    private static (Vocabulary Entries, double?[] Scores) ReadScores(JsonFile model)
    {
        JsonElement[] items = [.. model.Items("vocab")];
        if (items.Length is 0 or > LargestId) throw model.Refuse("vocab", $"1 to {LargestId} entries with their scores");
        var entries = new Dictionary<string, int>(StringComparer.Ordinal);
        double?[] scores = new double?[items.Length];
        for (int id = 0; id < items.Length; id++)
        {
            if (items[id].ValueKind != JsonValueKind.Array || items[id].GetArrayLength() != 2
                || items[id][0].ValueKind != JsonValueKind.String || items[id][1].ValueKind != JsonValueKind.Number
                || !items[id][1].TryGetDouble(out double score) || !double.IsFinite(score))
            {
                throw new ModelLoadException(model.Path, $"the entry of the id {id} is {items[id].GetRawText()}",
                    "an entry with its score");
            }

            if (!entries.TryAdd(items[id][0].GetString()!, id))
                throw new ModelLoadException(model.Path, $"the entry '{items[id][0]}' stands twice", "each entry once");
            scores[id] = score;
        }

        return (ById(model.Path, entries), scores);
    }

    // A Metaspace, alone or behind a WhitespaceSplit.
    private static (bool AtWhiteSpace, JsonFile Metaspace) ReadMetaspace(JsonFile file)
    {
        const string Expected = "a Metaspace, alone or behind a WhitespaceSplit";
        JsonFile preTokenizer = file.Object("pre_tokenizer") ?? throw file.Refuse("pre_tokenizer", Expected);
        JsonFile[] parts = preTokenizer.Text("type") == "Sequence"
            ? [.. preTokenizer.Objects("pretokenizers")] : [preTokenizer];
        if (parts.Length is not (1 or 2) || parts[^1].Text("type") != "Metaspace"
            || (parts.Length == 2 && parts[0].Text("type") != "WhitespaceSplit"))
            throw preTokenizer.Refuse(parts.Length == 1 ? "type" : "pretokenizers", Expected);
        Require(parts[^1], "replacement", Mark);
        return (parts.Length == 2, parts[^1]);
    }

    // Older files say add_prefix_space alone.
    private static PrefixPlace ReadPrefix(JsonFile metaspace)
    {
        if (metaspace.OneOf("prepend_scheme",
            [("always", PrefixPlace.Always), ("first", PrefixPlace.First), ("never", PrefixPlace.Never)]) is { } place)
            return place;
        return metaspace.Flag("add_prefix_space") == false ? PrefixPlace.Never : PrefixPlace.Always;
    }

    private static IEnumerable<UnigramStep> ReadSteps(JsonFile normalizer)
    {
        switch (normalizer.Text("type"))
        {
            case "Sequence":
                return normalizer.Objects("normalizers").SelectMany(ReadSteps);
            case "Strip":
                return [new StripStep(normalizer.Flag("strip_left") ?? true, normalizer.Flag("strip_right") ?? true)];
            case "Replace" when normalizer.Object("pattern")?.Text("Regex") == RunOfBlanks:
                return [new BlanksStep(normalizer.Text("content") ?? throw normalizer.Refuse("content", "a string"))];
            case "Replace":
                throw normalizer.Refuse("pattern", $"the regular expression '{RunOfBlanks}'");
            case "Precompiled":
                return [ReadPrecompiled(normalizer)];
            default:
                throw normalizer.Refuse("type", "Precompiled, Strip, Replace or a Sequence of them");
        }
    }

    private static PrecompiledStep ReadPrecompiled(JsonFile normalizer)
    {
        const string Map = "precompiled_charsmap";
        byte[] bytes = new byte[normalizer.Text(Map)?.Length ?? 0];
        return Convert.TryFromBase64String(normalizer.Text(Map) ?? "", bytes, out int length)
            && PrecompiledStep.TryRead(bytes.AsSpan(0, length)) is { } step
            ? step : throw normalizer.Refuse(Map, "SentencePiece's table of characters in base 64");
    }
}
