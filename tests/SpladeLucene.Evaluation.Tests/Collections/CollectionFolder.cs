using System.IO.Compression;
using System.Text;

namespace SpladeLucene.Evaluation.Tests;

/// <summary>A small collection in a temporary folder, for tests to change.</summary>
internal sealed class CollectionFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public CollectionFolder()
    {
        Write("corpus.jsonl", """{"_id": "d1", "title": "Foxes", "text": "A fox."}""" + "\n\n"
            + """{"_id": "d2", "title": null, "text": "A dog \ud83d\udc15."}""");
        Write("queries.jsonl", """{"_id": "q1", "text": "fox", "metadata": {"kind": "same-words", "n": 3}}""");
        Write("qrels/test.tsv", "query-id\tcorpus-id\tscore\nq1\td1\t2\nq1\td2\t0\n");
    }

    public string Path => _folder.Root;

    public string PathOf(string name) => _folder.PathOf(name);

    public void Dispose() => _folder.Dispose();

    public void ReadAll(Action<MalformedLineException>? onBadLine = null)
    {
        foreach (CollectionDocument document in TestCollection.Load(Path, onBadLine).ReadDocuments())
            Assert.NotEmpty(document.Id);
    }

    public static void AssertBadLine(Action action, string place, string problem)
    {
        var error = Assert.Throws<MalformedLineException>(action);
        Assert.Contains(place, error.Message, StringComparison.Ordinal);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    public void Write(string name, string content)
    {
        string path = PathOf(name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }

    public void WriteGzipped(string name, string content) =>
        File.WriteAllBytes(PathOf(name), Zip(Encoding.UTF8.GetBytes(content)));

    public void ZipCorpus(byte[] bytes)
    {
        File.Delete(PathOf("corpus.jsonl"));
        File.WriteAllBytes(PathOf("corpus.jsonl.gz"), bytes);
    }

    public static byte[] Lines(int first, int count) => Encoding.UTF8.GetBytes(string.Concat(
        Enumerable.Range(first, count).Select(i => $$"""{"_id": "d{{i}}", "text": "The text of {{i}}."}""" + "\n")));

    public static byte[] Zip(byte[] content, CompressionLevel level = CompressionLevel.Fastest)
    {
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, level)) zip.Write(content);
        return packed.ToArray();
    }
}
