using System.Globalization;
using System.IO.Compression;
using SpladeLucene.Evaluation;
using Sylvan.Data.Csv;

namespace SpladeLucene.Tool.Indexing;

/// <summary>A table with a header (RFC 4180), with commas, or with tabs where it is a .tsv; errors name the row.</summary>
internal sealed class TableSource(string path, IReadOnlySet<string> skipped) : TextSource
{
    // RFC 4180 knows no comments, and this is no character.
    private const char NoComment = '\uFFFF';

    private readonly bool _zipped = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);

    public override long Bytes { get; } = new FileInfo(path).Length;

    private char Separator => (_zipped ? path[..^3] : path).EndsWith(".tsv", StringComparison.OrdinalIgnoreCase) ? '\t' : ',';

    // A text has an id beside it, so that one column is none.
    private IEnumerable<char> OtherSeparators => ";\t,|".Where(one => one != Separator);

    public override IEnumerable<SourceDocument> Documents()
    {
        RequireWholeText();
        using FileStream file = File.OpenRead(path);
        using Stream content = _zipped ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var reader = new StreamReader(content);
        using CsvDataReader rows = CsvDataReader.Create(reader, new CsvDataReaderOptions
        {
            Delimiter = Separator,
            HasHeaders = false, Comment = NoComment, MaxBufferSize = ByteLines.Longest, Culture = CultureInfo.InvariantCulture,
        });
        string[] header = Next(rows, 1) ?? throw new MalformedLineException(path, 1, "the header is missing");
        if (header is [string only] && OtherSeparators.FirstOrDefault(only.Contains) is var found and not '\0')
            throw new MalformedLineException(path, 1, $"its columns are separated by {NameOf(found)}, where {NameOf(Separator)} are expected: a .csv has commas and a .tsv tabs");
        if (header.Distinct(StringComparer.Ordinal).Count() < header.Length)
            throw new MalformedLineException(path, 1, "a column's name stands in the header twice");
        for (long number = 2; Next(rows, number) is { } row; number++)
        {
            Read = file.Position;
            if (row is [""]) continue;
            if (row.Length != header.Length)
                throw new MalformedLineException(path, number, $"it has {row.Length} columns, and the header {header.Length}");
            yield return new SourceDocument($"{path}:{number}", [.. header.Zip(row, KeyValuePair.Create)
                .Where(member => IsKept(member.Key, skipped) && member.Value.Length > 0)]);
        }
    }

    private static string NameOf(char separator) => separator switch { '\t' => "tabs", ',' => "commas", ';' => "semicolons", _ => $"'{separator}'" };

    // What is not UTF-8, and a packed file whose end is missing, would show in the middle of the work, or not at all.
    private void RequireWholeText()
    {
        using IEnumerator<string> lines = LineReader.Read<string>(path, static (_, _) => null, null).GetEnumerator();
        while (lines.MoveNext()) { }
    }

    // Lines within quotation marks are one row, so that rows are counted.
    private string[]? Next(CsvDataReader rows, long number)
    {
        try
        {
            return rows.Read() ? [.. Enumerable.Range(0, rows.RowFieldCount).Select(rows.GetString)] : null;
        }
        catch (Exception bad) when (bad is CsvFormatException or CsvRecordTooLargeException)
        {
            throw new MalformedLineException(path, number, bad switch
            {
                CsvRecordTooLargeException => $"the row is longer than {ByteLines.Longest >> 20} MiB",
                _ => "its quotation marks are not those of a table (RFC 4180)",
            });
        }
    }
}
