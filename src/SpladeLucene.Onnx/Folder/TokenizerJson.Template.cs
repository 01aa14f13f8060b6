using System.Text.Json;

namespace SpladeLucene.Onnx.Folder;

internal static partial class TokenizerJson
{
    private const string ExpectedTemplate =
        "a TemplateProcessing, BertProcessing or RobertaProcessing that puts one special token before a text and one after it";

    // The post-processor says what stands around each text.
    private static (string First, string Last) ReadTemplate(JsonFile file)
    {
        JsonFile processor = file.Object("post_processor") ?? throw file.Refuse("post_processor", ExpectedTemplate);
        // In a sequence the byte-level one only moves offsets, which are found here in another way.
        if (processor.Text("type") == "Sequence"
            && processor.Objects("processors").Where(part => part.Text("type") != "ByteLevel").ToArray() is [var only])
            processor = only;
        return processor.Text("type") switch
        {
            "TemplateProcessing" => ReadParts(processor),
            "BertProcessing" or "RobertaProcessing" => (ReadPair(processor, "cls"), ReadPair(processor, "sep")),
            _ => throw processor.Refuse("type", ExpectedTemplate),
        };
    }

    // "single": [{"SpecialToken": {"id": "[CLS]", …}}, {"Sequence": {…}}, {"SpecialToken": {"id": "[SEP]", …}}]
    private static (string First, string Last) ReadParts(JsonFile processor)
    {
        JsonFile[] parts = [.. processor.Objects("single")];
        if (parts.Length == 3 && parts[1].Object("Sequence") is not null
            && parts[0].Object("SpecialToken")?.Text("id") is { } first
            && parts[2].Object("SpecialToken")?.Text("id") is { } last)
            return (first, last);
        throw processor.Refuse("single", ExpectedTemplate);
    }

    // "sep": ["[SEP]", 102]
    private static string ReadPair(JsonFile processor, string member)
    {
        if (processor.Element.TryGetProperty(member, out JsonElement pair) && pair.ValueKind == JsonValueKind.Array
            && pair.GetArrayLength() == 2 && pair[0].ValueKind == JsonValueKind.String)
            return pair[0].GetString()!;
        throw processor.Refuse(member, "a token with its id");
    }
}
