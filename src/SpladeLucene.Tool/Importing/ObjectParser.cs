using System.Text.Json;

namespace SpladeLucene.Tool.Importing;

/// <summary>A JSON object a line: an id, perhaps a text, a vector as an object of weights, and strings to be stored. Members that are
/// to be skipped are as if they weren't there.</summary>
internal class ObjectParser(ImportRequest request) : VectorParser
{
    private static readonly string[] Ids = ["id", "_id", "docid"], Texts = ["text", "contents", "content"];

    public override ImportedDocument? Parse(string line) => JsonMembers.Read(line, Read);

    /// <summary>The document of a line's object.</summary>
    protected virtual ImportedDocument? Read(JsonElement line) =>
        Document(line, IdIn(line) ?? throw new FormatException($"'{Ids[0]}' is missing"));

    /// <summary>The document that an object with its fields makes under this id.</summary>
    protected ImportedDocument Document(JsonElement fields, string id)
    {
        (string member, JsonElement vector) = Find(fields, request.Member, IsSkipped)
            ?? throw new FormatException($"'{request.Member}' is missing; --vector names the member that holds the vector");
        string? text = Array.Find(Texts, name => fields.TryGetProperty(name, out _) && !IsSkipped(name));
        var texts = new List<string>();
        var others = new List<KeyValuePair<string, string>>();
        foreach (JsonProperty each in fields.EnumerateObject().Where(each => each.Name != member && !IsSkipped(each.Name)))
        {
            if (each.Name == text) texts.AddRange(JsonMembers.ValuesOf(each));
            else others.AddRange(JsonMembers.ValuesOf(each).Where(value => value != id || !Ids.Contains(each.Name)).Select(value => KeyValuePair.Create(each.Name, value)));
        }

        return new ImportedDocument(id, texts, others, Vector(vector));
    }

    /// <summary>The object's own id, which may be a number; null where it has none.</summary>
    protected string? IdIn(JsonElement fields)
    {
        string? name = Array.Find(Ids, name => fields.TryGetProperty(name, out JsonElement value)
            && value.ValueKind != JsonValueKind.Null && !IsSkipped(name));
        if (name is null) return null;
        return JsonMembers.Scalar(fields.GetProperty(name), name) is { Length: > 0 } id ? id : throw new FormatException($"'{name}' is empty");
    }

    /// <summary>A term as the vocabulary has it.</summary>
    protected virtual string TermOf(string name) => name;

    private bool IsSkipped(string name)
    {
        if (!request.Skipped.Contains(name, StringComparer.Ordinal)) return false;
        Left.Add(name);
        return true;
    }

    // A name with dots is a member's own, as 'splade export --vector' writes it, or leads deeper: to an engine both are one. With it
    // comes the member of the object that it lies in.
    private static (string Member, JsonElement Value)? Find(JsonElement within, string name, Func<string, bool> isSkipped)
    {
        if (within.ValueKind != JsonValueKind.Object) return null;
        for (int end = name.Length; end > 0; end = name.LastIndexOf('.', end - 1))
        {
            if (!within.TryGetProperty(name[..end], out JsonElement value) || isSkipped(name[..end])) continue;
            if (end == name.Length) return (name, value);
            if (Find(value, name[(end + 1)..], static _ => false) is { } found) return (name[..end], found.Value);
        }

        return null;
    }

    private SparseVector Vector(JsonElement vector)
    {
        if (vector.ValueKind != JsonValueKind.Object)
            throw new FormatException($"'{request.Member}' is a {JsonMembers.Kind(vector)}; expected an object of terms with their weights");
        return SparseVector.Create(vector.EnumerateObject().Select(term => new SparseTerm(TermOf(term.Name), Weight(term))));
    }

    private static float Weight(JsonProperty term) =>
        term.Value.ValueKind == JsonValueKind.Number && term.Value.TryGetSingle(out float weight) && float.IsFinite(weight)
            ? weight : throw new FormatException($"the weight of '{term.Name}' is {term.Value.GetRawText()}; expected a number");
}

/// <summary>
/// Bulk lines, an action and its document in turn; or hits, as dumps have them, with <c>_id</c> and <c>_source</c> in one. Dots
/// in the names of features are written as <c>%2E</c>, because there they would be paths.
/// </summary>
internal sealed class BulkParser(ImportRequest request) : ObjectParser(request)
{
    private const string Source = "_source";

    private string? _id;

    public override bool IsWaiting => _id is not null;

    protected override ImportedDocument? Read(JsonElement line)
    {
        if (_id is { } id)
        {
            _id = null;
            return Document(line, id);
        }

        if (line.TryGetProperty(Source, out JsonElement source) && source.ValueKind == JsonValueKind.Object)
            return Document(source, IdIn(line) ?? throw new FormatException("'_id' is missing beside '_source'"));
        JsonProperty[] actions = [.. line.EnumerateObject()];
        if (actions is not [{ Name: "index" or "create", Value.ValueKind: JsonValueKind.Object } action])
            throw new FormatException("expected an action 'index' or 'create' with its document in the next line, or a hit with '_source'");
        _id = IdIn(action.Value) ?? throw new FormatException($"'{action.Name}' has no '_id'");
        return null;
    }

    protected override string TermOf(string name) =>
        name.Replace("%2E", ".", StringComparison.Ordinal).Replace("%25", "%", StringComparison.Ordinal);
}
