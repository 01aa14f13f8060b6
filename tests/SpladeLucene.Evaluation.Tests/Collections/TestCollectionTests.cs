using System.IO.Compression;
using System.Text;

namespace SpladeLucene.Evaluation.Tests;

public sealed class TestCollectionTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("splade-evaluation-").FullName;

    public TestCollectionTests()
    {
        Write("corpus.jsonl", """{"_id": "d1", "title": "Foxes", "text": "A fox."}""" + "\n\n"
            + """{"_id": "d2", "title": null, "text": "A dog \ud83d\udc15."}""");
        Write("queries.jsonl", """{"_id": "q1", "text": "fox", "metadata": {"kind": "same-words", "n": 3}}""");
        Write("qrels/test.tsv", "query-id\tcorpus-id\tscore\nq1\td1\t2\nq1\td2\t0\n");
    }

    [Fact]
    public void Load_BeirFolder_ReadsAllThree()
    {
        TestCollection set = TestCollection.Load(_folder);

        Assert.Equal(["Foxes\nA fox.", "A dog 🐕."], set.ReadDocuments().Select(document => document.Body));
        CollectionQuery query = Assert.Single(set.Queries);
        Assert.Equal(("q1", "fox", "same-words"), (query.Id, query.Text, query.Metadata["kind"]));
        Assert.Equal(["q1"], set.Qrels.Queries);
        Assert.Equal(2, set.Qrels.Of("q1")["d1"]);
        Assert.Empty(set.Qrels.Of("unknown"));
    }

    [Fact]
    public void Load_TrecFolderGzipped_ReadsAllThree()
    {
        File.Delete(Path.Combine(_folder, "queries.jsonl"));
        Directory.Delete(Path.Combine(_folder, "qrels"), recursive: true);
        WriteGzipped("queries.tsv.gz", "7\twhat is a fox?\n");
        Write("qrels.txt", "7 0 d2 1\r\n7 0 d1 -1\r\n");

        TestCollection set = TestCollection.Load(_folder);

        Assert.Equal("what is a fox?", Assert.Single(set.Queries).Text);
        Assert.Equal(-1, set.Qrels.Of("7")["d1"]);
    }

    [Fact]
    public void Load_MissingPieces_NamesWhatWasLookedFor()
    {
        Assert.Throws<DirectoryNotFoundException>(() => TestCollection.Load(Path.Combine(_folder, "nowhere")));
        File.Delete(Path.Combine(_folder, "queries.jsonl"));

        var error = Assert.Throws<FileNotFoundException>(() => TestCollection.Load(_folder));

        Assert.Contains("queries.jsonl, queries.tsv", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"_id": "d1", "text": """, "not JSON")]
    [InlineData("""["d1"]""", "expected a JSON object")]
    [InlineData("""{"text": "no id"}""", "'_id' is missing")]
    [InlineData("""{"_id": "d9"}""", "'text' is missing")]
    [InlineData("""{"_id": "d9", "text": 5}""", "'text' is a Number")]
    [InlineData("""{"_id": "d9", "text": "\ud800"}""", "'text' is not valid text")]
    [InlineData("""{"_id": "d9", "text": "fox", "url": ["\udc15"]}""", "'url' is not valid text")]
    [InlineData("""{"\ud83d": 1, "_id": "d9", "text": "fox"}""", "a name is not valid text")]
    [InlineData("""{"_id": "d9", "text": "fox", "metadata": {"\ud800": "a"}}""", "'metadata' is not valid text")]
    [InlineData("""{"_id": "d1", "text": "again"}""", "'d1' stands there twice")]
    public void ReadDocuments_BadLine_IsNamedByFileAndLine(string line, string problem)
    {
        Write("corpus.jsonl", """{"_id": "d1", "text": "good"}""" + "\n" + line + "\n");

        AssertBadLine(() => ReadAll(), "corpus.jsonl:2:", problem);
    }

    [Theory]
    [InlineData("no tab", "expected an id, a tab and the query")]
    [InlineData("\tno id", "expected an id, a tab and the query")]
    [InlineData("1\tagain", "'1' stands there twice")]
    public void Load_BadQueryLine_IsNamedByFileAndLine(string line, string problem)
    {
        File.Delete(Path.Combine(_folder, "queries.jsonl"));
        Write("queries.tsv", "1\tgood\n" + line + "\n");

        AssertBadLine(() => TestCollection.Load(_folder), "queries.tsv:2:", problem);
    }

    [Theory]
    [InlineData("q1 d1", "found 2")]
    [InlineData("q1 0 d1 2 extra", "found 5")]
    [InlineData("q1 0 d3 relevant", "'relevant' is not a whole number")]
    [InlineData("q1 0 d1 1", "'d1' is judged twice for query 'q1'")]
    public void Load_BadJudgement_IsNamedByFileAndLine(string line, string problem)
    {
        Write("qrels/test.tsv", "q1 0 d1 1\n" + line + "\n");

        AssertBadLine(() => TestCollection.Load(_folder), "test.tsv:2:", problem);
    }

    [Fact]
    public void Load_BadLinesTaken_GoesOnWithoutThem()
    {
        Write("corpus.jsonl", "{\n" + """{"_id": "d1", "text": "good"}""" + "\nnull\n");
        var taken = new List<long>();

        TestCollection set = TestCollection.Load(_folder, bad => taken.Add(bad.Line));

        Assert.Equal("d1", Assert.Single(set.ReadDocuments()).Id);
        Assert.Equal([1, 3], taken);
    }

    [Fact]
    public void ReadDocuments_LineThatIsNotUtf8_IsTheOnlyOneTaken()
    {
        byte[] bad = [.. "{\"_id\": \"d3\", \"text\": \""u8, 0xff, 0xfe, (byte)'\n'];
        File.WriteAllBytes(Path.Combine(_folder, "corpus.jsonl"),
            [.. Lines(1, 2), .. bad, .. Lines(4, 2).SkipLast(1)]);
        var taken = new List<string>();

        TestCollection set = TestCollection.Load(_folder, problem => taken.Add(problem.Message));

        Assert.Equal(["d1", "d2", "d4", "d5"], set.ReadDocuments().Select(document => document.Id));
        Assert.EndsWith("corpus.jsonl:3: byte 24 of the line is not UTF-8", Assert.Single(taken));
        AssertBadLine(() => ReadAll(), "corpus.jsonl:3:", "not UTF-8");
    }

    [Fact]
    public void ReadDocuments_MarkCarriageReturnsAndLongLines_AreLinesAllTheSame()
    {
        string text = new('x', 300_000);
        Write("corpus.jsonl", "\uFEFF" + $$"""{"_id": "d1", "text": "{{text}}"}""" + "\r\n"
            + """{"_id": "d2", "text": "short"}""" + "\r\n\r\n" + $$"""{"_id": "d3", "text": "{{text}}"}""");

        Assert.Equal([text, "short", text], TestCollection.Load(_folder).ReadDocuments().Select(found => found.Text));
    }

    [Fact]
    public void ReadDocuments_LineOverTheLimit_IsRefusedByFileAndLineEvenWhereBadLinesAreTaken()
    {
        ZipCorpus(Zip([.. Lines(1, 1), .. new byte[ByteLines.Longest + 64]]));

        AssertBadLine(() => ReadAll(_ => { }), "corpus.jsonl.gz:2:", "longer than 64 MiB");
    }

    [Theory]
    [InlineData(8, true)]
    [InlineData(9, false)]
    public void Next_LineOfTheLimit_IsRead(int length, bool read)
    {
        using var content = new MemoryStream([.. new byte[length], (byte)'\n', 1]);
        var lines = new ByteLines(new OneByOne(content), [], longest: 8);

        if (read) Assert.Equal(length, lines.Next()!.Value.Length);
        else Assert.Throws<FormatException>(() => lines.Next());
    }

    [Fact]
    public void ReadDocuments_FileThatIsNotGzip_IsRefused()
    {
        foreach (byte[] content in new byte[][] { [], [(byte)'{'], Lines(1, 9) })
        {
            ZipCorpus(content);
            AssertBadLine(() => ReadAll(), "corpus.jsonl.gz:1:", "unreadable from here on: the file is no gzip file");
        }
    }

    [Fact]
    public void ReadDocuments_GzipCutOffAnywhere_IsRefusedEvenWhereBadLinesAreTaken()
    {
        byte[] whole = Zip(Lines(1, 30));
        for (int length = 1; length < whole.Length; length++)
        {
            ZipCorpus(whole[..length]);
            AssertBadLine(() => ReadAll(_ => { }), "corpus.jsonl.gz:", "its end is missing");
        }
    }

    [Fact]
    public void ReadDocuments_GzipCutOffLate_IsRefusedWithTheLineOnlyAfterTheWholeOnes()
    {
        byte[] whole = Zip(Lines(1, 5000));
        ZipCorpus(whole[..^1]);
        var read = new List<string>();

        var error = Assert.Throws<MalformedLineException>(() =>
            read.AddRange(TestCollection.Load(_folder).ReadDocuments().Select(document => document.Id)));

        Assert.InRange(error.Line, 2, 5001);
    }

    [Fact]
    public void ReadDocuments_GzipWithAWrongSum_SaysDamaged()
    {
        byte[] bytes = Zip(Lines(1, 30));
        bytes[^7] ^= 1;
        ZipCorpus(bytes);

        AssertBadLine(() => ReadAll(), "corpus.jsonl.gz:", "is damaged");
    }

    [Fact]
    public void ReadDocuments_GzipOfAnySizeAndMembers_IsReadToItsEnd()
    {
        var random = new Random(4);
        for (int documents = 1; documents < 3000; documents += 1 + (documents / 3))
        {
            // Stored bytes, so that ends of members come to lie about the ends of buffers.
            byte[] noise = new byte[random.Next(9000)];
            Array.Fill(noise, (byte)' ');
            byte[] lines = [.. Lines(1, documents), .. noise];
            ZipCorpus([.. Zip(lines, CompressionLevel.NoCompression), .. Zip(Lines(documents + 1, 2)), .. Zip([])]);

            Assert.Equal(documents + 2, TestCollection.Load(_folder).ReadDocuments().Count());
        }
    }

    [Fact]
    public void ReadDocuments_GzipThatEndsWhereABufferDoes_IsReadToItsEnd()
    {
        foreach (int length in new[] { 4096, 8192, 16384, 65536 })
        {
            for (int size = length - 40; size < length; size++)
            {
                byte[] text = Lines(1, 1);
                byte[] padded = [.. text, .. Enumerable.Repeat((byte)' ', size - text.Length)];
                ZipCorpus(Zip(padded, CompressionLevel.NoCompression));

                Assert.Single(TestCollection.Load(_folder).ReadDocuments());
            }
        }
    }

    [Fact]
    public void Load_FolderWithTsvInItsName_ReadsJsonAsJson()
    {
        string folder = Path.Combine(_folder, "set.tsv");
        Directory.CreateDirectory(Path.Combine(folder, "qrels"));
        foreach (string name in new[] { "corpus.jsonl", "queries.jsonl", "qrels/test.tsv" })
            File.Copy(Path.Combine(_folder, name), Path.Combine(folder, name));

        Assert.Equal("fox", Assert.Single(TestCollection.Load(folder).Queries).Text);
    }

    [Fact]
    public void Load_JudgementsWithBlanksInIds_SplitsAtTabsOnly()
    {
        Write("qrels/test.tsv", "query-id\tcorpus-id\tscore\nq 1\td 1\t2\nq 1\t0\td 2\t1\n");

        Assert.Equal(["d 1", "d 2"], TestCollection.Load(_folder).Qrels.Of("q 1").Keys.Order());
    }

    [Theory]
    [InlineData("q1\td1\thigh", "'high' is not a whole number")]
    [InlineData("q1 d1 high", "'high' is not a whole number")]
    [InlineData("\td1\t1", "an id is empty")]
    [InlineData("q1\t\t1", "an id is empty")]
    [InlineData("q1\td1 1", "found 2")]
    public void Load_BadFirstJudgement_IsNoHeader(string line, string problem)
    {
        Write("qrels/test.tsv", line + "\nq1\td2\t1\n");

        AssertBadLine(() => TestCollection.Load(_folder), "test.tsv:1:", problem);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void ReadAll(Action<MalformedLineException>? onBadLine = null)
    {
        foreach (CollectionDocument document in TestCollection.Load(_folder, onBadLine).ReadDocuments())
            Assert.NotEmpty(document.Id);
    }

    private static void AssertBadLine(Action action, string place, string problem)
    {
        var error = Assert.Throws<MalformedLineException>(action);
        Assert.Contains(place, error.Message, StringComparison.Ordinal);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    private void Write(string name, string content)
    {
        string path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }

    private void WriteGzipped(string name, string content) =>
        File.WriteAllBytes(Path.Combine(_folder, name), Zip(Encoding.UTF8.GetBytes(content)));

    private void ZipCorpus(byte[] bytes)
    {
        File.Delete(Path.Combine(_folder, "corpus.jsonl"));
        File.WriteAllBytes(Path.Combine(_folder, "corpus.jsonl.gz"), bytes);
    }

    private static byte[] Lines(int first, int count) => Encoding.UTF8.GetBytes(string.Concat(
        Enumerable.Range(first, count).Select(i => $$"""{"_id": "d{{i}}", "text": "The text of {{i}}."}""" + "\n")));

    private static byte[] Zip(byte[] content, CompressionLevel level = CompressionLevel.Fastest)
    {
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, level)) zip.Write(content);
        return packed.ToArray();
    }

    private sealed class OneByOne(Stream content) : MemoryStream
    {
        public override int Read(byte[] buffer, int offset, int count) => content.Read(buffer, offset, Math.Min(count, 1));
    }
}
