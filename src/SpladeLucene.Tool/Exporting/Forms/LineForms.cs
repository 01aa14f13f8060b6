using System.Buffers;
using System.Text;

namespace SpladeLucene.Tool.Exporting.Forms;

/// <summary>An object a line with id, fields and vector, as <c>splade import</c> reads them.</summary>
internal sealed class PlainForm(ExportTarget target) : VectorForm(target)
{
    /// <summary>The member that holds the vector.</summary>
    public const string Vector = "vector";

    public override void Document(IBufferWriter<byte> to, ExportedVector document) => Line(to, json =>
    {
        json.WriteString("id", document.Id);
        Fields(json, document);
        Weights(json, Vector, document.Terms);
    });

    public override void Query(IBufferWriter<byte> to, ExportedQuery query) => Line(to, json =>
    {
        json.WriteString("id", query.Id);
        json.WriteString("text", query.Text);
        Weights(json, Vector, query.Terms);
        if (query.LeastScore is { } least) json.WriteNumber("leastScore", least);
    });
}

/// <summary>The id, and each term as often as its weight says; of a query, whose weights aren't impacts, as often as
/// the weight's share of the heaviest, which stands there 255 times.</summary>
internal class RepeatedForm(ExportTarget target) : VectorForm(target)
{
    public override void Document(IBufferWriter<byte> to, ExportedVector document) => Repeated(to, document.Id, document.Terms);

    public override void Query(IBufferWriter<byte> to, ExportedQuery query)
    {
        float heaviest = query.Terms.Count == 0 ? 1 : query.Terms.Max(term => term.Weight);
        Repeated(to, query.Id, query.Terms.Select(term => term with { Weight = MathF.Round(term.Weight * ImpactQuantizer.MaxImpact / heaviest) }));
    }

    private static void Repeated(IBufferWriter<byte> to, string id, IEnumerable<WeighedTerm> terms)
    {
        if (id.AsSpan().ContainsAny("\t\r\n")) throw new InvalidDataException($"The id '{id}' has a tab or a line's end in it, and no table of tabs can hold it.");
        var line = new StringBuilder(id).Append('\t');
        foreach ((string term, float weight) in terms)
        {
            if (term.AsSpan().ContainsAny(" \t\r\n"))
                throw new InvalidDataException($"The term '{term}' of '{id}' has white space in it, and terms with blanks between can't hold it.");
            for (int i = 0; i < weight; i++) line.Append(term).Append(' ');
        }

        if (line[^1] == ' ') line.Length--;
        Text(to, line.Append('\n').ToString());
    }
}

/// <summary>Anserini's JsonVectorCollection; its topics are terms that are repeated.</summary>
internal sealed class AnseriniForm(ExportTarget target) : RepeatedForm(target)
{
    /// <summary>The member that holds the text.</summary>
    public const string Contents = "contents";

    private const string TextField = "text";

    public override void Document(IBufferWriter<byte> to, ExportedVector document) => Line(to, json =>
    {
        json.WriteString("id", document.Id);
        json.WriteString(Contents, string.Join('\n', document.Fields.FirstOrDefault(field => field.Key == TextField).Value ?? []));
        Fields(json, document with { Fields = [.. document.Fields.Where(field => field.Key != TextField)] });
        Weights(json, PlainForm.Vector, document.Terms);
    });
}
