using System.Buffers;
using System.Globalization;
using System.Text;

namespace SpladeLucene.Tool.Exporting.Forms;

/// <summary>
/// For Vespa: a feed of puts with a tensor of one mapped dimension, and bodies of queries with the tensor in its literal form.
/// </summary>
internal sealed class VespaForm(ExportTarget target) : VectorForm(target)
{
    private const string Dimension = "term";

    public override void Document(IBufferWriter<byte> to, ExportedVector document) => Line(to, json =>
    {
        json.WriteString("put", $"id:{Target.Name}:{Target.Name}::{document.Id}");
        json.WriteStartObject("fields");
        json.WriteString("id", document.Id);
        Fields(json, document);
        json.WriteStartObject(Target.Vector);
        Weights(json, "cells", document.Terms);
        json.WriteEndObject();
        json.WriteEndObject();
    });

    public override void Query(IBufferWriter<byte> to, ExportedQuery query) => Body(to, query, json =>
    {
        json.WriteString("yql", $"select * from {Target.Name} where true");
        json.WriteNumber("hits", Target.Hits);
        json.WriteString("ranking.profile", Target.Vector);
        // Documents without a common term score 0; what is under the limit or at it is dropped.
        json.WriteNumber("ranking.rankScoreDropLimit", query.LeastScore ?? 0);
        json.WriteString($"input.query({Target.Vector})", Literal(query));
    });

    private static string Literal(ExportedQuery query)
    {
        var cells = new StringBuilder("{");
        foreach ((string term, float weight) in query.Terms)
        {
            if (cells.Length > 1) cells.Append(',');
            cells.Append(CultureInfo.InvariantCulture, $"{{{Dimension}:{Quoted(term, query)}}}:{weight}");
        }

        return cells.Append('}').ToString();
    }

    // There is no way to write a quotation mark within its like.
    private static string Quoted(string term, ExportedQuery query)
    {
        if (!term.Contains('\'', StringComparison.Ordinal)) return $"'{term}'";
        return !term.Contains('"', StringComparison.Ordinal) ? $"\"{term}\"" : throw new InvalidDataException(
            $"The term {term} of query '{query.Id}' has both kinds of quotation marks, and no label of a Vespa tensor's literal form can have them.");
    }
}
