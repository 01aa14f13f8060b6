using System.Buffers;
using System.Text;
using SpladeLucene.Tool.Exporting.Forms;
using SpladeLucene.Tool.Tests.Support;

namespace SpladeLucene.Tool.Tests.Exporting;

/// <summary>What engines can't be told as it is: it is escaped, or refused by its name.</summary>
public sealed class EngineFormTests : IDisposable
{
    private static readonly WeighedTerm[] Odd = [new("v1.0%", 2), new("'", 3), new("\"", 4)];

    private readonly TemporaryFolder _folder = new();

    private string Index => _folder.PathOf("index");

    private string Terms => _folder.PathOf("terms.txt");

    [Fact]
    public void Bulk_DotsInNames_AreEscapedInDocumentsAndQueries()
    {
        Assert.Equal("""{"index":{"_id":"a"}}""" + "\n" + """{"t":["x","y"],"splade":{"v1%2E0%25":2,"'":3,"\"":4}}""" + "\n",
            Document("opensearch", "a", Odd, ("t", ["x", "y"])));
        Assert.Contains("""{"query_tokens":{"v1%2E0%25":2,""", Query("opensearch", Odd), StringComparison.Ordinal);
        Assert.Contains("""{"field":"splade","query_vector":{"v1%2E0%25":2,""", Query("elasticsearch", Odd), StringComparison.Ordinal);
    }

    [Fact]
    public void Bulk_QueryWithoutATerm_MatchesNothing() =>
        Assert.Equal("""{"id":"q","body":{"size":10,"query":{"match_none":{}}}}""" + "\n", Query("elasticsearch", []));

    [Fact]
    public void Vespa_Labels_StandBetweenTheOtherQuotationMarks()
    {
        Assert.Equal("""{"put":"id:documents:documents::a:1","fields":{"id":"a:1","splade":{"cells":{"v1.0%":2,"'":3,"\"":4}}}}""" + "\n", Document("vespa", "a:1", Odd));
        Assert.Contains("""{{term:'v1.0%'}:2,{term:\"'\"}:3,{term:'\"'}:4}""", Query("vespa", Odd), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("opensearch", "'dog' weighs 65 in query 'q', and OpenSearch takes 64 at most.", "dog")]
    [InlineData("vespa", "The term '\" of query 'q' has both kinds of quotation marks, and no label of a Vespa tensor's literal form can have them.", "'\"")]
    public void Query_ThatAnEngineTakesNot_IsRefused(string format, string sentence, string term) =>
        Assert.Equal(sentence, Assert.Throws<InvalidDataException>(() => Query(format, [new WeighedTerm(term, 65)])).Message);

    [Theory]
    [InlineData("tsv", "The id 'a\tb' has a tab or a line's end in it, and no table of tabs can hold it.", "a\tb", "x")]
    [InlineData("pgvector", "Document 'a' has a NUL character in it, which PostgreSQL's texts can't have.", "a", "x\0")]
    [InlineData("pgvector", "Document 'a' has several values of 't', and a column holds one.", "a", "x", "y")]
    public void Document_ThatAnEngineTakesNot_IsRefused(string format, string sentence, string id, params string[] values) =>
        Assert.Equal(sentence, Assert.Throws<InvalidDataException>(() => Document(format, id, [new WeighedTerm("dog", 1)], ("t", values))).Message);

    [Fact]
    public void Bulk_LongId_IsRefused() => Assert.Equal($"The id '{new string('é', 40)}…' has 600 bytes, and an _id there 512 at most.",
        Assert.Throws<InvalidDataException>(() => Document("elasticsearch", new string('é', 300), Odd)).Message);

    [Fact]
    public void Pgvector_MoreThan16000Terms_IsRefused()
    {
        WeighedTerm[] terms = [.. Enumerable.Range(0, 16_001).Select(i => new WeighedTerm($"w{i}", 1))];

        Assert.Equal("The vector of 'a' has 16,001 terms, and a sparsevec 16,000 at most.",
            Assert.Throws<InvalidDataException>(() => Document("pgvector", "a", terms)).Message);
        Assert.EndsWith("w15999:1}/16000')", Document("pgvector", "a", terms[..^1]).Replace("16000:1}", "w15999:1}", StringComparison.Ordinal).TrimEnd(';', '\n'), StringComparison.Ordinal);
    }

    [Fact]
    public void Pgvector_TextsOfAllKinds_AreQuoted()
    {
        Assert.EndsWith("""('it''s', E'a\\b''c', '{1:2,2:3,3:4}/3');""" + "\n", Document("pgvector", "it's", Odd, ("t", [@"a\b'c"])), StringComparison.Ordinal);
        Assert.EndsWith(@"it's	a\\b\tc\nd	{1:2,2:3,3:4}/3" + "\n\\.\n", Document("pgvector-copy", "it's", Odd, ("t", ["a\\b\tc\nd"])), StringComparison.Ordinal);
        Assert.EndsWith(@"x	\N	{}/3" + "\n\\.\n", Document("pgvector-copy", "x", []), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_Vocabulary_IsMadeOnceAndReadThen()
    {
        MakeIndex("dog", "agile");
        Assert.Equal(0, (await Export("qdrant", "--vocabulary", Terms)).ExitCode);
        Assert.Equal("agile\nagility\ncanine\ndog\n", await File.ReadAllTextAsync(Terms));
        await File.WriteAllTextAsync(Terms, "\uFEFFcanine\r\nbird\r\ndog\r\nagile\r\nagility\r\n");

        ToolRun run = await Export("milvus", "--vocabulary", Terms, "--name", "pets");

        Assert.Equal("""{"collectionName":"pets","data":[{"id":"0","splade":{"0":26,"2":102}},{"id":"1","splade":{"3":102,"4":26}}]}""", run.Output.Trim());
    }

    [LinuxTheory]
    [InlineData("/dev/zero", "is no list of terms: it is longer than 64 MiB.")]
    [InlineData(null, "is no list of terms: byte 5 is not UTF-8.")]
    public async Task Export_VocabularyThatIsNoListOfTerms_IsRefusedByFile(string? device, string reason)
    {
        MakeIndex("dog");
        await File.WriteAllBytesAsync(Terms, [.. "dog\n"u8, 0xff]);
        string file = device ?? Terms;

        ToolRun run = await Export("qdrant", "--vocabulary", file);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains($"'{file}' {reason}", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_VocabularyOfMoreTermsThanItMayHave_IsRefusedByFile()
    {
        MakeIndex("dog");
        await File.WriteAllLinesAsync(Terms, Enumerable.Range(0, (1 << 22) + 1).Select(number => number.ToString("x", null)));

        ToolRun run = await Export("qdrant", "--vocabulary", Terms);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains($"'{Terms}' has more than 4194304 terms.", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_OutputThatCannotTakeItsName_LeavesNoVocabulary()
    {
        MakeIndex("dog");
        _folder.Write("queries.jsonl", """{"_id": "q", "text": "dog"}""" + "\n");
        string to = _folder.PathOf("out");

        // Something else takes the name while the queries are encoded.
        ToolRun run = await ToolRun.Of(_ =>
        {
            Directory.CreateDirectory(to);
            return new WordEncoder();
        }, "export", Index, "--queries", _folder.PathOf("queries.jsonl"), "--format", "qdrant", "--model", "words", "--vocabulary", Terms, "--to", to);

        Assert.NotEqual(0, run.ExitCode);
        Assert.False(File.Exists(Terms));
        Assert.Equal(["index", "out", "queries.jsonl"], new DirectoryInfo(_folder.Root).EnumerateFileSystemInfos().Select(entry => entry.Name).Order());
    }

    [Fact]
    public async Task Export_DocumentsWithoutATerm_AreLeftOutWhereTheyCannotBe()
    {
        MakeIndex("dog", "…");

        ToolRun milvus = await Export("milvus", "--vocabulary", Terms, "--to", _folder.PathOf("out"));
        ToolRun qdrant = await Export("qdrant", "--vocabulary", Terms);

        Assert.Contains("1 vector without a term, which milvus doesn't take: left out.", milvus.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("\"id\":\"1\"", await File.ReadAllTextAsync(_folder.PathOf("out")), StringComparison.Ordinal);
        Assert.Contains("\"vector\":{},\"payload\":{\"id\":\"1\"}", qdrant.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("qdrant knows terms by numbers: --vocabulary names the file of their list, which is made unless it is there.", "qdrant")]
    [InlineData("json has no numbers for --vocabulary.", "json", "--vocabulary", "x")]
    [InlineData("opensearch says no --name.", "opensearch", "--name", "x")]
    [InlineData("vespa has names of letters, digits and '_' alone, not 'my-docs'.", "vespa", "--name", "my-docs")]
    [InlineData("milvus has names of letters, digits and '_' alone, not '1st'.", "milvus", "--vocabulary", "x", "--vector", "1st")]
    [InlineData("--vector 'id' is the name of a field that is made.", "json", "--vector", "id")]
    [InlineData("The term 'canine' of document '0' isn't in the vocabulary that --vocabulary names.", "qdrant", "--vocabulary", "list")]
    [InlineData("The term 'dog' stands in '{0}/twice' twice.", "qdrant", "--vocabulary", "twice")]
    [InlineData("'{0}/none' has no terms.", "qdrant", "--vocabulary", "none")]
    [InlineData("'{0}/index' is a folder; --vocabulary names a file.", "qdrant", "--vocabulary", "index")]
    public async Task Export_BadUsage_IsRefusedWithASentence(string sentence, string format, params string[] args)
    {
        MakeIndex("dog");
        _folder.Write("list", "dog\n");
        _folder.Write("twice", "dog\ndog\n");
        _folder.Write("none", "\n");

        ToolRun run = await Export(format, [.. args.Select((word, i) => i > 0 && args[i - 1] == "--vocabulary" ? _folder.PathOf(word) : word)]);

        Assert.True(run.ExitCode == 2, run.Output + run.Errors);
        Assert.Contains(string.Format(null, sentence, _folder.Root), run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_NumbersOfACollection_GoOverAnIndexOfIt()
    {
        _folder.Write("texts.jsonl", """{"_id": "a", "text": "dog", "metadata": {}}""" + "\n" + """{"_id": "b", "text": "agile dog"}""" + "\n");

        ToolRun run = await ToolRun.Of("export", _folder.PathOf("texts.jsonl"), "--format", "pgvector-copy", "--model", "words", "--vocabulary", Terms);

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.EndsWith("a\tdog\t{3:26,4:102}/4\nb\tagile dog\t{1:102,2:26,3:26,4:102}/4\n\\.\n", run.Output, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static ExportTarget Target(IEnumerable<WeighedTerm> terms) => new("documents", "splade", 10)
    {
        Fields = ["t"], Numbers = new TermNumbers([.. terms.Select(term => term.Term).DefaultIfEmpty("a"), .. terms.Any() ? Array.Empty<string>() : ["b", "c"]], "here"),
    };

    private static VectorForm Form(string format, IEnumerable<WeighedTerm> terms) => ExportFormat.All.Single(one => one.Name == format).NewForm(Target(terms));

    private static string Document(string format, string id, WeighedTerm[] terms, params (string Name, string[] Values)[] fields)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using VectorForm form = Form(format, terms);
        form.Begin(buffer);
        form.Document(buffer, new ExportedVector(id, [.. fields.Select(field => KeyValuePair.Create(field.Name, (IReadOnlyList<string>)field.Values))], terms));
        form.End(buffer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static string Query(string format, WeighedTerm[] terms)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using VectorForm form = Form(format, terms);
        form.Query(buffer, new ExportedQuery("q", "words", terms, LeastScore: null));
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private void MakeIndex(params string[] texts)
    {
        using var index = new ExportedIndex(Index);
        for (int i = 0; i < texts.Length; i++) index.Add($"{i}", texts[i]);
    }

    private Task<ToolRun> Export(string format, params string[] args) => ToolRun.Of(["export", Index, "--format", format, .. args]);
}
