using System.IO.Compression;
using System.Text;
using SpladeLucene.Evaluation;

namespace SpladeLucene.Tests;

public sealed class EvaluationSetTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("splade-evaluation-").FullName;

    public EvaluationSetTests()
    {
        Write("corpus.jsonl", """{"_id": "d1", "title": "Foxes", "text": "A fox."}""" + "\n\n"
            + """{"_id": "d2", "title": null, "text": "A dog \ud83d\udc15."}""");
        Write("queries.jsonl", """{"_id": "q1", "text": "fox", "metadata": {"kind": "same-words", "n": 3}}""");
        Write("qrels/test.tsv", "query-id\tcorpus-id\tscore\nq1\td1\t2\nq1\td2\t0\n");
    }

    [Fact]
    public void Load_BeirFolder_ReadsAllThree()
    {
        EvaluationSet set = EvaluationSet.Load(_folder);

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

        EvaluationSet set = EvaluationSet.Load(_folder);

        Assert.Equal("what is a fox?", Assert.Single(set.Queries).Text);
        Assert.Equal(-1, set.Qrels.Of("7")["d1"]);
    }

    [Fact]
    public void Load_MissingPieces_NamesWhatWasLookedFor()
    {
        Assert.Throws<DirectoryNotFoundException>(() => EvaluationSet.Load(Path.Combine(_folder, "nowhere")));
        File.Delete(Path.Combine(_folder, "queries.jsonl"));

        var error = Assert.Throws<FileNotFoundException>(() => EvaluationSet.Load(_folder));

        Assert.Contains("queries.jsonl, queries.tsv", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"_id": "d1", "text": """, "not JSON")]
    [InlineData("""["d1"]""", "expected a JSON object")]
    [InlineData("""{"text": "no id"}""", "'_id' is missing")]
    [InlineData("""{"_id": "d9"}""", "'text' is missing")]
    [InlineData("""{"_id": "d9", "text": 5}""", "'text' is a Number")]
    [InlineData("""{"_id": "d9", "text": "\ud800"}""", "'text' is not valid text")]
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

        AssertBadLine(() => EvaluationSet.Load(_folder), "queries.tsv:2:", problem);
    }

    [Theory]
    [InlineData("q1 d1", "found 2")]
    [InlineData("q1 0 d1 2 extra", "found 5")]
    [InlineData("q1 0 d3 relevant", "'relevant' is not a whole number")]
    [InlineData("q1 0 d1 1", "'d1' is judged twice for query 'q1'")]
    public void Load_BadJudgement_IsNamedByFileAndLine(string line, string problem)
    {
        Write("qrels/test.tsv", "q1 0 d1 1\n" + line + "\n");

        AssertBadLine(() => EvaluationSet.Load(_folder), "test.tsv:2:", problem);
    }

    [Fact]
    public void Load_BadLinesTaken_GoesOnWithoutThem()
    {
        Write("corpus.jsonl", "{\n" + """{"_id": "d1", "text": "good"}""" + "\nnull\n");
        var taken = new List<long>();

        EvaluationSet set = EvaluationSet.Load(_folder, bad => taken.Add(bad.Line));

        Assert.Equal("d1", Assert.Single(set.ReadDocuments()).Id);
        Assert.Equal([1, 3], taken);
    }

    [Fact]
    public void ReadDocuments_NotUtf8_IsRefusedEvenWhereBadLinesAreTaken()
    {
        File.WriteAllBytes(Path.Combine(_folder, "corpus.jsonl"), [0x7b, 0xff, 0xfe, 0x0a]);

        AssertBadLine(() => ReadAll(_ => { }), "corpus.jsonl:1:", "unreadable");
    }

    [Fact]
    public void ReadDocuments_DamagedGzip_IsRefused()
    {
        File.Move(Path.Combine(_folder, "corpus.jsonl"), Path.Combine(_folder, "corpus.jsonl.gz"));

        AssertBadLine(() => ReadAll(), "corpus.jsonl.gz:1:", "unreadable");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void ReadAll(Action<MalformedLineException>? onBadLine = null)
    {
        foreach (CollectionDocument document in EvaluationSet.Load(_folder, onBadLine).ReadDocuments())
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

    private void WriteGzipped(string name, string content)
    {
        using var file = new GZipStream(File.Create(Path.Combine(_folder, name)), CompressionLevel.Fastest);
        file.Write(Encoding.UTF8.GetBytes(content));
    }
}
