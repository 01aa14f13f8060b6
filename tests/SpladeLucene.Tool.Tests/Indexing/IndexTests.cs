using System.IO.Compression;
using System.Text;
using Lucene.Net.Index;
using SpladeLucene.Tool.Tests.Support;
using FSDirectory = Lucene.Net.Store.FSDirectory;

namespace SpladeLucene.Tool.Tests.Indexing;

/// <summary>What <c>splade index</c> makes of each kind of source, and what it refuses.</summary>
public sealed partial class IndexTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Index => _folder.PathOf("index");

    [Fact]
    public async Task Index_JsonLines_EveryMemberIsAFieldAndTheSpladeFieldFindsIt()
    {
        string file = _folder.Write("a.jsonl", """
            {"_id": "d1", "title": "Dogs", "text": "A dog barks.", "tags": ["pet", "loud"], "year": 2020, "none": null}
            {"_id": "d2", "title": "Cats", "text": "A cat sleeps."}
            """);

        ToolRun run = await ToolRun.Of("index", file, Index, "--model", "words", "--json");

        Assert.Equal((0, 2), (run.ExitCode, run.Object("result").GetProperty("documents").GetInt64()));
        ToolRun found = await ToolRun.Of("search", Index, "barks", "--field", "splade", "--model", "words", "--json");
        Assert.Equal([("id", "d1"), ("title", "Dogs"), ("text", "A dog barks."), ("tags", "pet"), ("tags", "loud"), ("year", "2020")],
            found.Object("hit").GetProperty("fields").EnumerateArray().Select(field =>
                (field.GetProperty("name").GetString()!, field.GetProperty("value").GetString()!)));
    }

    [Theory]
    [InlineData("a.csv", "key,body,note\nd1,\"A dog, and\nanother\",\nd2,A cat,x\n")]
    [InlineData("a.tsv", "key\tbody\tnote\nd1\t\"A dog, and\nanother\"\t\nd2\tA cat\tx\n")]
    public async Task Index_Table_RowsAreDocuments(string name, string text)
    {
        ToolRun run = await ToolRun.Of("index", _folder.Write(name, text), Index, "--model", "words", "--id", "key", "--from", "body", "--to", "meaning");

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Matches(@"^2 documents in .*index, in .* s\.$", run.Output.Trim());
        Assert.Equal(["A dog, and\nanother", "A cat"], Stored("body"));
        Assert.Equal(["d1", "d2"], Stored("id"));
    }

    [Fact]
    public async Task Index_FolderOfTexts_PathsAreIds()
    {
        Directory.CreateDirectory(_folder.PathOf("texts/deep"));
        _folder.Write("texts/b.txt", "A dog\n\nbarks.\n");
        _folder.Write("texts/deep/a.md", "# A cat");
        _folder.Write("texts/picture.png", "no text");

        ToolRun run = await ToolRun.Of("index", _folder.PathOf("texts"), Index, "--model", "words");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(["b.txt", "deep/a.md"], Stored("id"));
        Assert.Equal(["A dog\n\nbarks.\n", "# A cat"], Stored("text"));
    }

    [Fact]
    public async Task Index_CollectionPacked_IsRead()
    {
        Directory.CreateDirectory(_folder.PathOf("set"));
        using (var zip = new GZipStream(File.Create(_folder.PathOf("set/corpus.jsonl.gz")), CompressionLevel.Fastest))
            zip.Write("""{"_id": "d1", "title": "", "text": "A dog."}"""u8);

        ToolRun run = await ToolRun.Of("index", _folder.PathOf("set"), Index, "--model", "words", "--no-offsets");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(["d1"], Stored("id"));
        Assert.Equal(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS, PostingsOf("splade"));
    }

    [Fact]
    public async Task Index_RowThatBeginsWithAHash_IsARow()
    {
        ToolRun run = await ToolRun.Of("index", _folder.Write("a.csv", "#id,text\n#1,dog\n\n2,cat\n\n"), Index, "--model", "words", "--id", "#id");

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Equal(["#1", "2"], Stored("id"));
    }

    // A link stands for what can't be replaced: a working directory, a mount.
    [UnixFact]
    public async Task Index_EmptyFolderThatIsThere_IsFilledAndStays()
    {
        Directory.CreateDirectory(_folder.PathOf("mount"));
        Directory.CreateSymbolicLink(Index, _folder.PathOf("mount"));

        ToolRun run = await ToolRun.Of("index", _folder.Write("a.csv", "id,text\n1,dog\n"), Index, "--model", "words");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(["1"], Stored("id"));
        Assert.NotEmpty(Directory.GetFiles(_folder.PathOf("mount"), "segments*"));
    }

    // Beside it is another disk where a disk is mounted; a run that was killed there is no reason to refuse the next one.
    [Fact]
    public async Task Make_EmptyFolderThatIsThere_IsMadeInIt()
    {
        Directory.CreateDirectory(Path.Combine(Index, ".making-killed"));

        string[] beside = await NewIndex.MakeAsync(Index, _ => Task.FromResult(Directory.GetDirectories(_folder.Root)));

        Assert.Equal([Index], beside);
        Assert.Equal(".making-killed", Path.GetFileName(Assert.Single(Directory.GetDirectories(Index))));
        Assert.NotEmpty(Directory.GetFiles(Index, "segments*"));
    }

    [Fact]
    public async Task Make_FileThatCannotBeMoved_LeavesNothingOfTheIndex()
    {
        Directory.CreateDirectory(Index);
        string other = Path.Combine(Index, "segments_1");

        await Assert.ThrowsAsync<IOException>(() => NewIndex.MakeAsync(Index, writer =>
        {
            writer.AddDocument(TestIndex.Document());
            return Task.FromResult(0);
        }, _ => File.WriteAllText(other, "")));

        Assert.Equal([other], Directory.GetFileSystemEntries(Index));
    }

    [Fact]
    public async Task Index_RefusedInNewFolders_LeavesNoneOfThem()
    {
        string file = _folder.Write("a.csv", "id,text\n1\n");

        ToolRun run = await ToolRun.Of("index", file, _folder.PathOf("new/deep/index"), "--model", "words");

        Assert.Equal(2, run.ExitCode);
        Assert.False(Directory.Exists(_folder.PathOf("new")));
    }

    [Theory]
    [InlineData("There is no file or folder 'nowhere'.", "nowhere", "--model", "words")]
    [InlineData("Option '--model' is required.", "nowhere")]
    [InlineData("--from names a field twice.", "nowhere", "--model", "words", "--from", "a", "--from", "a")]
    [InlineData("--to is another name than 'id' and those of --from.", "nowhere", "--model", "words", "--from", "a", "--to", "a")]
    public async Task Index_WrongUse_IsASentence(string reason, string source, params string[] more)
    {
        ToolRun run = await ToolRun.Of(["index", source, Index, .. more]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(reason, run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("No document has 'titel' (did you mean 'title'?), which --from names; they have text, title.", "--from", "titel", "--from", "text")]
    [InlineData("No document has 'txet' (did you mean 'text'?), which --skip names; they have text, title.", "--skip", "txet")]
    [InlineData("--to is empty.", "--to", "")]
    public async Task Index_NameThatNothingHas_IsRefused(string reason, params string[] more)
    {
        string file = _folder.Write("a.jsonl", """{"_id": "1", "title": "a", "text": "b"}""");

        ToolRun run = await ToolRun.Of(["index", file, Index, "--model", "words", .. more]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(reason, run.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Index));
    }

    [Fact]
    public async Task Index_PlaceUnderAFile_IsRefusedInASentence()
    {
        string file = _folder.Write("a.jsonl", """{"_id": "1", "text": "b"}""");

        ToolRun run = await ToolRun.Of("index", file, Path.Combine(file, "index"), "--model", "words");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("a.jsonl' is a file, so that there can be no '", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Index_Stopped_LeavesNothing()
    {
        string file = _folder.Write("a.jsonl", string.Concat(Enumerable.Range(0, 500).Select(i => $$"""{"_id": "{{i}}", "text": "a dog"}""" + "\n")));
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        ToolRun run = await ToolRun.Of(_ => new WordEncoder(), terminal: false, stop.Token, "index", file, Index, "--model", "words");

        Assert.Equal((130, "Stopped."), (run.ExitCode, run.Errors.Trim()));
        Assert.Equal(["a.jsonl"], new DirectoryInfo(_folder.Root).EnumerateFileSystemInfos().Select(entry => entry.Name));
    }

    public void Dispose() => _folder.Dispose();

    private string[] Stored(string field) => Read(reader =>
        Enumerable.Range(0, reader.MaxDoc).Select(doc => reader.Document(doc).Get(field)).ToArray());

    private IndexOptions PostingsOf(string field) => Read(reader => MultiFields.GetMergedFieldInfos(reader).FieldInfo(field).IndexOptions);

    private T Read<T>(Func<DirectoryReader, T> read)
    {
        using FSDirectory directory = FSDirectory.Open(Index);
        using DirectoryReader reader = DirectoryReader.Open(directory);
        return read(reader);
    }
}
