namespace SpladeLucene.Evaluation.Tests;

/// <summary>Lines that cannot be read are named by file and line, or taken away.</summary>
public sealed class BadLineTests : IDisposable
{
    private readonly CollectionFolder _set = new();

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
        _set.Write("corpus.jsonl", """{"_id": "d1", "text": "good"}""" + "\n" + line + "\n");

        CollectionFolder.AssertBadLine(() => _set.ReadAll(), "corpus.jsonl:2:", problem);
    }

    [Theory]
    [InlineData("no tab", "expected an id, a tab and the query")]
    [InlineData("\tno id", "expected an id, a tab and the query")]
    [InlineData("1\tagain", "'1' stands there twice")]
    public void Load_BadQueryLine_IsNamedByFileAndLine(string line, string problem)
    {
        File.Delete(_set.PathOf("queries.jsonl"));
        _set.Write("queries.tsv", "1\tgood\n" + line + "\n");

        CollectionFolder.AssertBadLine(() => TestCollection.Load(_set.Path), "queries.tsv:2:", problem);
    }

    [Theory]
    [InlineData("q1 d1", "found 2")]
    [InlineData("q1 0 d1 2 extra", "found 5")]
    [InlineData("q1 0 d3 relevant", "'relevant' is not a whole number")]
    [InlineData("q1 0 d1 1", "'d1' is judged twice for query 'q1'")]
    public void Load_BadJudgement_IsNamedByFileAndLine(string line, string problem)
    {
        _set.Write("qrels/test.tsv", "q1 0 d1 1\n" + line + "\n");

        CollectionFolder.AssertBadLine(() => TestCollection.Load(_set.Path), "test.tsv:2:", problem);
    }

    [Theory]
    [InlineData("q1\td1\thigh", "'high' is not a whole number")]
    [InlineData("q1 d1 high", "'high' is not a whole number")]
    [InlineData("\td1\t1", "an id is empty")]
    [InlineData("q1\t\t1", "an id is empty")]
    [InlineData("q1\td1 1", "found 2")]
    public void Load_BadFirstJudgement_IsNoHeader(string line, string problem)
    {
        _set.Write("qrels/test.tsv", line + "\nq1\td2\t1\n");

        CollectionFolder.AssertBadLine(() => TestCollection.Load(_set.Path), "test.tsv:1:", problem);
    }

    [Fact]
    public void Load_BadLinesTaken_GoesOnWithoutThem()
    {
        _set.Write("corpus.jsonl", "{\n" + """{"_id": "d1", "text": "good"}""" + "\nnull\n");
        var taken = new List<long>();

        TestCollection set = TestCollection.Load(_set.Path, bad => taken.Add(bad.Line));

        Assert.Equal("d1", Assert.Single(set.ReadDocuments()).Id);
        Assert.Equal([1, 3], taken);
    }

    [Fact]
    public void ReadDocuments_LineThatIsNotUtf8_IsTheOnlyOneTaken()
    {
        byte[] bad = [.. "{\"_id\": \"d3\", \"text\": \""u8, 0xff, 0xfe, (byte)'\n'];
        File.WriteAllBytes(_set.PathOf("corpus.jsonl"),
            [.. CollectionFolder.Lines(1, 2), .. bad, .. CollectionFolder.Lines(4, 2).SkipLast(1)]);
        var taken = new List<string>();

        TestCollection set = TestCollection.Load(_set.Path, problem => taken.Add(problem.Message));

        Assert.Equal(["d1", "d2", "d4", "d5"], set.ReadDocuments().Select(document => document.Id));
        Assert.EndsWith("corpus.jsonl:3: byte 24 of the line is not UTF-8", Assert.Single(taken));
        CollectionFolder.AssertBadLine(() => _set.ReadAll(), "corpus.jsonl:3:", "not UTF-8");
    }

    public void Dispose() => _set.Dispose();
}
