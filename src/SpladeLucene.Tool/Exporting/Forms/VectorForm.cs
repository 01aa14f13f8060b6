using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace SpladeLucene.Tool.Exporting.Forms;

/// <summary>How another engine is told documents and queries, as UTF-8. One object writes one file; not thread-safe.</summary>
/// <param name="target">What things are called there.</param>
internal abstract class VectorForm(ExportTarget target) : IDisposable
{
    private Utf8JsonWriter? _json;

    protected ExportTarget Target => target;

    /// <summary>What stands before the first document.</summary>
    public virtual void Begin(IBufferWriter<byte> to)
    {
    }

    /// <summary>A document; several may be written together with a later one.</summary>
    /// <exception cref="InvalidDataException">The engine can't hold it.</exception>
    public abstract void Document(IBufferWriter<byte> to, ExportedVector document);

    /// <summary>What is still to be written after the last document.</summary>
    public virtual void End(IBufferWriter<byte> to)
    {
    }

    /// <summary>A query.</summary>
    /// <exception cref="InvalidDataException">The engine can't be asked it.</exception>
    public abstract void Query(IBufferWriter<byte> to, ExportedQuery query);

    public void Dispose() => _json?.Dispose();

    /// <summary>Writes text.</summary>
    protected static void Text(IBufferWriter<byte> to, string text) => Encoding.UTF8.GetBytes(text, to);

    /// <summary>Writes an object on a line of its own.</summary>
    protected void Line(IBufferWriter<byte> to, Action<Utf8JsonWriter> members)
    {
        if (_json is null) _json = new Utf8JsonWriter(to, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        else _json.Reset(to);
        _json.WriteStartObject();
        members(_json);
        _json.WriteEndObject();
        _json.Flush();
        to.Write("\n"u8);
    }

    /// <summary>Writes a query's id and the body of the request that asks it.</summary>
    protected void Body(IBufferWriter<byte> to, ExportedQuery query, Action<Utf8JsonWriter> members) => Line(to, json =>
    {
        json.WriteString("id", query.Id);
        json.WriteStartObject("body");
        members(json);
        json.WriteEndObject();
    });

    /// <summary>Writes what goes along with a document: a string, or an array of several.</summary>
    protected static void Fields(Utf8JsonWriter json, ExportedVector document)
    {
        foreach ((string name, IReadOnlyList<string> values) in document.Fields)
        {
            if (values is [var only])
            {
                json.WriteString(name, only);
                continue;
            }

            json.WriteStartArray(name);
            foreach (string value in values) json.WriteStringValue(value);
            json.WriteEndArray();
        }
    }

    /// <summary>Writes an object of terms with their weights.</summary>
    protected static void Weights(Utf8JsonWriter json, string name, IEnumerable<WeighedTerm> terms, Func<string, string>? nameOf = null)
    {
        json.WriteStartObject(name);
        foreach (WeighedTerm term in terms) json.WriteNumber(nameOf is null ? term.Term : nameOf(term.Term), term.Weight);
        json.WriteEndObject();
    }
}

/// <summary>What things are called in another engine.</summary>
/// <param name="Name">The index, the table or the collection.</param>
/// <param name="Vector">The field of vectors.</param>
/// <param name="Hits">How many hits a query asks for.</param>
internal sealed record ExportTarget(string Name, string Vector, int Hits)
{
    /// <summary>Names of fields that documents have there, for what says them before the first one.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [];

    /// <summary>The numbers of terms, for engines that know terms by numbers.</summary>
    public TermNumbers? Numbers { get; init; }
}
