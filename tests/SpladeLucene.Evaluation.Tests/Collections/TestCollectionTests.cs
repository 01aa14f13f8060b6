namespace SpladeLucene.Evaluation.Tests;

/// <summary>Folders of the forms that are read, whole.</summary>
public sealed class TestCollectionTests : IDisposable
{
    private readonly CollectionFolder _set = new();

    [Fact]
    public void Load_BeirFolder_ReadsAllThree()
    {
        TestCollection set = TestCollection.Load(_set.Path);

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
        File.Delete(_set.PathOf("queries.jsonl"));
        Directory.Delete(_set.PathOf("qrels"), recursive: true);
        _set.WriteGzipped("queries.tsv.gz", "7\twhat is a fox?\n");
        _set.Write("qrels.txt", "7 0 d2 1\r\n7 0 d1 -1\r\n");

        TestCollection set = TestCollection.Load(_set.Path);

        Assert.Equal("what is a fox?", Assert.Single(set.Queries).Text);
        Assert.Equal(-1, set.Qrels.Of("7")["d1"]);
    }

    [Fact]
    public void Load_FolderWithATrailingSlash_HasItsNameAllTheSame() =>
        Assert.Equal(Path.GetFileName(_set.Path), Path.GetFileName(TestCollection.Load(_set.Path + Path.DirectorySeparatorChar).Folder));

    [Theory]
    [InlineData("Queries.TSV")]
    [InlineData("queries.Tsv.GZ")]
    public void ReadQueries_EndingInOtherCase_IsTheSame(string name)
    {
        if (name.EndsWith("GZ", StringComparison.Ordinal)) _set.WriteGzipped(name, "7\twhat is a fox?\n");
        else _set.Write(name, "7\twhat is a fox?\n");

        Assert.Equal("what is a fox?", Assert.Single(TestCollection.ReadQueries(_set.PathOf(name), null)).Text);
    }

    [Fact]
    public void Load_MissingPieces_NamesWhatWasLookedFor()
    {
        Assert.Throws<DirectoryNotFoundException>(() => TestCollection.Load(_set.PathOf("nowhere")));
        File.Delete(_set.PathOf("queries.jsonl"));

        var error = Assert.Throws<FileNotFoundException>(() => TestCollection.Load(_set.Path));

        Assert.Contains("queries.jsonl, queries.tsv", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadDocuments_MarkCarriageReturnsAndLongLines_AreLinesAllTheSame()
    {
        string text = new('x', 300_000);
        _set.Write("corpus.jsonl", "\uFEFF" + $$"""{"_id": "d1", "text": "{{text}}"}""" + "\r\n"
            + """{"_id": "d2", "text": "short"}""" + "\r\n\r\n" + $$"""{"_id": "d3", "text": "{{text}}"}""");

        Assert.Equal([text, "short", text], TestCollection.Load(_set.Path).ReadDocuments().Select(found => found.Text));
    }

    [Fact]
    public void Load_FolderWithTsvInItsName_ReadsJsonAsJson()
    {
        string folder = _set.PathOf("set.tsv");
        Directory.CreateDirectory(Path.Combine(folder, "qrels"));
        foreach (string name in new[] { "corpus.jsonl", "queries.jsonl", "qrels/test.tsv" })
            File.Copy(_set.PathOf(name), Path.Combine(folder, name));

        Assert.Equal("fox", Assert.Single(TestCollection.Load(folder).Queries).Text);
    }

    [Fact]
    public void Load_JudgementsWithBlanksInIds_SplitsAtTabsOnly()
    {
        _set.Write("qrels/test.tsv", "query-id\tcorpus-id\tscore\nq 1\td 1\t2\nq 1\t0\td 2\t1\n");

        Assert.Equal(["d 1", "d 2"], TestCollection.Load(_set.Path).Qrels.Of("q 1").Keys.Order());
    }

    public void Dispose() => _set.Dispose();
}
