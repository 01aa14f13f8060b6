using System.IO.Compression;
using System.Text;
using Lucene.Net.Index;
using SpladeLucene.Tool.Tests.Support;
using FSDirectory = Lucene.Net.Store.FSDirectory;

namespace SpladeLucene.Tool.Tests.Indexing;

/// <summary>Files that can't be read as documents.</summary>
public sealed partial class IndexTests
{
    [Theory]
    [InlineData("a.jsonl", "{\"_id\": \"1\", \"text\": \"a\"}\n{\"text\": \"b\"}", "a.jsonl:2: '_id' is missing; --id names the member that is the id, of text.")]
    [InlineData("a.csv", "number,text\n1,a\n", "a.csv:2: '_id' is missing; --id names the member that is the id, of number, text.")]
    [InlineData("a.csv", "id;text\n1;a\n", "a.csv:1: its columns are separated by semicolons, where commas are expected: a .csv has commas and a .tsv tabs")]
    [InlineData("a.tsv", "id,text\n1,a\n", "a.tsv:1: its columns are separated by commas, where tabs are expected")]
    [InlineData("a.jsonl", "{\"_id\": \"1\", \"text\": \"a\"}\n{\"_id\": \"1\", \"text\": \"b\"}", "a.jsonl:2: the id '1' stands there twice.")]
    [InlineData("a.jsonl", "{\"_id\": \"1\", \"body\": \"a\", \"n\": 1}", "a.jsonl:1: it has no 'title' and no 'text'; --from says what is encoded, of body, n.")]
    [InlineData("a.jsonl", "{\"_id\": \"1\", \"text\": {\"a\": 1}}", "a.jsonl:1: 'text' is a object; --skip text leaves it out")]
    [InlineData("a.jsonl", "{\"_id\": \"1\", \"text\": \"a\", \"splade\": \"b\"}", "a.jsonl:1: 'splade' is the name of a field that is made; --skip splade leaves it out.")]
    [InlineData("a.jsonl", "{\"_id\": \"1\", \"text\": \"\\ud800\"}", "a.jsonl:1: not valid text")]
    [InlineData("a.csv", "id,text\n1,a\n2\n", "a.csv:3: it has 1 columns, and the header 2")]
    [InlineData("a.csv", "id,text\n1,a\n2,b,c,d\n", "a.csv:3: it has 4 columns, and the header 2")]
    [InlineData("a.csv", "id,text,text\n", "a.csv:1: a column's name stands in the header twice")]
    [InlineData("a.csv", "", "a.csv:1: the header is missing")]
    [InlineData("a.csv", "id,text\n1,\"a", "a.csv:2: its quotation marks are not those of a table (RFC 4180)")]
    [InlineData("a.csv", "id,text\n", "a.csv' has no document.")]
    [InlineData("a.jsonl", "{\"_id\": [\"1\", \"2\"], \"text\": \"a\"}", "a.jsonl:1: '_id' has several values, and an id is one.")]
    [InlineData("a.jsonl", "{\"_id\": \"\", \"text\": \"a\"}", "a.jsonl:1: the id is empty.")]
    [InlineData("a.pdf", "", "a.pdf' is of no kind that is read: .jsonl, .ndjson, .csv, .tsv (or .gz), or a folder of .txt, .md.")]
    public async Task Index_WrongSource_IsRefusedByFileAndLineAndLeavesNothing(string name, string text, string reason)
    {
        ToolRun run = await ToolRun.Of("index", _folder.Write(name, text), Index, "--model", "words");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(reason, run.Errors, StringComparison.Ordinal);
        Assert.Equal([name], new DirectoryInfo(_folder.Root).EnumerateFileSystemInfos().Select(entry => entry.Name));
    }

    [Fact]
    public async Task Index_TextLongerThanItMayBe_IsRefusedByFile()
    {
        Directory.CreateDirectory(_folder.PathOf("texts"));
        using (FileStream file = File.Create(_folder.PathOf("texts/long.txt"))) file.SetLength((64 << 20) + 1);

        ToolRun run = await ToolRun.Of("index", _folder.PathOf("texts"), Index, "--model", "words");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("long.txt:1: it is longer than 64 MiB", run.Errors, StringComparison.Ordinal);
    }

    // A table's row may have many lines, none of which is too long.
    [Fact]
    public async Task Index_RowLongerThanItMayBe_IsRefusedByFileAndRow()
    {
        string file = _folder.PathOf("texts.csv"), line = new string('a', 1 << 20);
        await File.WriteAllLinesAsync(file, ["id,text", "1,dog", "2,\"", .. Enumerable.Repeat(line, 65), "\""]);

        ToolRun run = await ToolRun.Of("index", file, Index, "--model", "words");

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith($"{file}:3: the row is longer than 64 MiB", run.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Index));
    }

    [LinuxFact]
    public async Task Index_DeviceAmongTheTexts_IsNotOpened()
    {
        Directory.CreateDirectory(_folder.PathOf("texts"));
        _folder.Write("texts/a.txt", "A dog.");
        File.CreateSymbolicLink(_folder.PathOf("texts/b.txt"), "/dev/zero");

        ToolRun run = await ToolRun.Of("index", _folder.PathOf("texts"), Index, "--model", "words");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(["", "A dog."], Stored("text").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Index_TableThatIsNotUtf8OrCutOff_IsRefused()
    {
        File.WriteAllBytes(_folder.PathOf("a.csv"), [.. "id,text\n1,a\n2,"u8, 0xff, (byte)'\n']);
        using (var zip = new GZipStream(File.Create(_folder.PathOf("b.csv.gz")), CompressionLevel.Fastest))
            zip.Write(Encoding.UTF8.GetBytes("id,text\n" + string.Concat(Enumerable.Range(0, 500).Select(i => $"{i},dog {i}\n"))));
        using (FileStream cut = File.OpenWrite(_folder.PathOf("b.csv.gz"))) cut.SetLength(cut.Length - 9);

        ToolRun bad = await ToolRun.Of("index", _folder.PathOf("a.csv"), Index, "--model", "words");
        ToolRun cutOff = await ToolRun.Of("index", _folder.PathOf("b.csv.gz"), Index, "--model", "words");

        Assert.Equal((2, 2), (bad.ExitCode, cutOff.ExitCode));
        Assert.Contains("a.csv:3: byte 3 of the line is not UTF-8", bad.Errors, StringComparison.Ordinal);
        Assert.Contains("its end is missing", cutOff.Errors, StringComparison.Ordinal);
    }
}
