using System.Buffers;
using System.Globalization;
using System.Text;

namespace SpladeLucene.Tool.Exporting.Forms;

/// <summary>
/// For PostgreSQL with pgvector: a table with a column of <c>sparsevec</c>, filled by statements, and a statement a query. Terms are
/// numbers, which begin with 1 there.
/// </summary>
internal class PgvectorForm(ExportTarget target) : VectorForm(target)
{
    private const int MostDimensions = 1_000_000_000, MostTerms = 16_000, Rows = 100;

    private int _rows;

    protected string Table => Name(Target.Name);

    private string Columns => string.Join(", ", Target.Fields.Prepend("id").Append(Target.Vector).Select(Name));

    private int Dimensions => Target.Numbers!.Count;

    public override void Begin(IBufferWriter<byte> to)
    {
        if (Dimensions > MostDimensions) throw new InvalidDataException($"The vocabulary has {Dimensions:N0} terms, and a sparsevec {MostDimensions:N0} dimensions at most.");
        string fields = string.Concat(Target.Fields.Select(name => $", {Name(name)} text"));
        Text(to, "CREATE EXTENSION IF NOT EXISTS vector;\n");
        Text(to, $"CREATE TABLE {Table} ({Name("id")} text COLLATE \"C\" PRIMARY KEY{fields}, {Name(Target.Vector)} sparsevec({Dimensions}));\n");
    }

    public override void Document(IBufferWriter<byte> to, ExportedVector document)
    {
        Text(to, _rows % Rows == 0 ? $"INSERT INTO {Table} ({Columns}) VALUES\n" : ",\n");
        Text(to, $"({string.Join(", ", ValuesOf(document).Select(Literal))})");
        if (++_rows % Rows == 0) Text(to, ";\n");
    }

    public override void End(IBufferWriter<byte> to)
    {
        if (_rows % Rows > 0) Text(to, ";\n");
    }

    public override void Query(IBufferWriter<byte> to, ExportedQuery query)
    {
        string vector = Vector(query.Id, [.. Target.Numbers!.Known(query.Terms)]);
        string least = query.LeastScore is { } score ? string.Create(CultureInfo.InvariantCulture, $">= {score}") : "> 0";
        Text(to, $"SELECT {Literal(query.Id)} AS query, id, score FROM (SELECT {Name("id")} AS id, -({Name(Target.Vector)} <#> '{vector}') AS score FROM {Table}) AS scored "
            + $"WHERE score {least} ORDER BY score DESC, id COLLATE \"C\" LIMIT {Target.Hits};\n");
    }

    /// <summary>What the columns hold; null where a document doesn't have it.</summary>
    /// <exception cref="InvalidDataException">A column can't hold it.</exception>
    protected IEnumerable<string?> ValuesOf(ExportedVector document)
    {
        yield return Whole(document, document.Id);
        foreach (string name in Target.Fields)
        {
            IReadOnlyList<string> values = document.Fields.FirstOrDefault(field => field.Key == name).Value ?? [];
            if (values.Count > 1) throw new InvalidDataException($"Document '{document.Id}' has several values of '{name}', and a column holds one.");
            yield return values is [var only] ? Whole(document, only) : null;
        }

        yield return Vector(document.Id, [.. Target.Numbers!.All(document)]);
    }

    /// <summary>What begins the rows.</summary>
    protected string Copy => $"COPY {Table} ({Columns}) FROM stdin;\n";

    private static string Whole(ExportedVector document, string value) => !value.Contains('\0', StringComparison.Ordinal) ? value
        : throw new InvalidDataException($"Document '{document.Id}' has a NUL character in it, which PostgreSQL's texts can't have.");

    private string Vector(string id, (int Number, float Weight)[] terms)
    {
        if (terms.Length > MostTerms) throw new InvalidDataException($"The vector of '{id}' has {terms.Length:N0} terms, and a sparsevec {MostTerms:N0} at most.");
        var text = new StringBuilder("{");
        foreach ((int number, float weight) in terms)
        {
            if (text.Length > 1) text.Append(',');
            text.Append(CultureInfo.InvariantCulture, $"{number + 1}:{weight}");
        }

        return text.Append(CultureInfo.InvariantCulture, $"}}/{Dimensions}").ToString();
    }

    private static string Name(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    // Backslashes stay as they are unless the server was told otherwise.
    private static string Literal(string? value)
    {
        if (value is null) return "NULL";
        string quoted = value.Replace("'", "''", StringComparison.Ordinal);
        return quoted.Contains('\\', StringComparison.Ordinal) ? $"E'{quoted.Replace("\\", @"\\", StringComparison.Ordinal)}'" : $"'{quoted}'";
    }
}

/// <summary>The same with the rows as <c>COPY</c> reads them, for <c>psql</c>.</summary>
internal sealed class PgvectorCopyForm(ExportTarget target) : PgvectorForm(target)
{
    public override void Begin(IBufferWriter<byte> to)
    {
        base.Begin(to);
        Text(to, Copy);
    }

    public override void Document(IBufferWriter<byte> to, ExportedVector document) =>
        Text(to, string.Join('\t', ValuesOf(document).Select(Escaped)) + "\n");

    public override void End(IBufferWriter<byte> to) => Text(to, "\\.\n");

    private static string Escaped(string? value) => value is null ? @"\N" : value.Replace(@"\", @"\\", StringComparison.Ordinal)
        .Replace("\t", @"\t", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal).Replace("\r", @"\r", StringComparison.Ordinal);
}
