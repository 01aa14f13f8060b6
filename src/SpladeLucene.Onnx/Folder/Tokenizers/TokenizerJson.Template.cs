using System.Text.Json;
using SpladeLucene.Onnx.Tokenization;

namespace SpladeLucene.Onnx.Folder;

internal static partial class TokenizerJson
{
    private const string ExpectedTemplate =
        "a TemplateProcessing, BertProcessing or RobertaProcessing that puts one special token before a text and one after it";

    // The post-processor says what stands around each text, by names and by ids.
    private static (string First, string Last) ReadTemplate(JsonFile file, Vocabulary vocabulary)
    {
        JsonFile processor = file.Object("post_processor") ?? throw file.Refuse("post_processor", ExpectedTemplate);
        // In a sequence the byte-level one only moves offsets, which are found here in another way.
        if (processor.Text("type") == "Sequence"
            && processor.Objects("processors").Where(part => part.Text("type") != "ByteLevel").ToArray() is [var only])
            processor = only;
        return processor.Text("type") switch
        {
            "TemplateProcessing" => ReadParts(processor, vocabulary),
            "BertProcessing" or "RobertaProcessing" =>
                (ReadPair(processor, "cls", vocabulary), ReadPair(processor, "sep", vocabulary)),
            _ => throw processor.Refuse("type", ExpectedTemplate),
        };
    }

    // "single": [{"SpecialToken": {"id": "[CLS]", …}}, {"Sequence": {…}}, {"SpecialToken": {"id": "[SEP]", …}}]
    private static (string First, string Last) ReadParts(JsonFile processor, Vocabulary vocabulary)
    {
        JsonFile[] parts = [.. processor.Objects("single")];
        if (parts.Length != 3 || parts[1].Object("Sequence") is not { } sequence
            || parts[0].Object("SpecialToken") is not { } before || before.Text("id") is not { } first
            || parts[2].Object("SpecialToken") is not { } after || after.Text("id") is not { } last)
            throw processor.Refuse("single", ExpectedTemplate);
        foreach (JsonFile part in new[] { before, sequence, after })
        {
            if (part.Whole("type_id") is not (null or 0)) throw part.Refuse("type_id", "0");
        }

        foreach (string token in new[] { first, last })
        {
            if (processor.Object("special_tokens")?.Object(token) is not { } special) continue;
            JsonElement[] ids = [.. special.Items("ids")];
            RequireId(special, "ids", ids.Length == 1 ? ids[0] : default, token, vocabulary);
        }

        SpecialTokens.Require(processor.Path, vocabulary, first, last);
        return (first, last);
    }

    // "sep": ["[SEP]", 102]
    private static string ReadPair(JsonFile processor, string member, Vocabulary vocabulary)
    {
        if (!processor.Element.TryGetProperty(member, out JsonElement pair) || pair.ValueKind != JsonValueKind.Array
            || pair.GetArrayLength() != 2 || pair[0].ValueKind != JsonValueKind.String)
            throw processor.Refuse(member, "a token with its id");
        string token = pair[0].GetString()!;
        SpecialTokens.Require(processor.Path, vocabulary, token);
        RequireId(processor, member, pair[1], token, vocabulary);
        return token;
    }

    // The graph gets the id, whatever the token is called.
    private static void RequireId(JsonFile file, string member, JsonElement id, string token, Vocabulary vocabulary)
    {
        if (!vocabulary.TryGetId(token, out int own)) return;
        if (id.ValueKind != JsonValueKind.Number || !id.TryGetInt32(out int said) || said != own)
            throw file.Refuse(member, $"{own} alone, the id that '{token}' has in the vocabulary");
    }
}
