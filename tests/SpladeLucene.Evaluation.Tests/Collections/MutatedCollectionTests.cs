using System.IO.Compression;
using System.Text;

namespace SpladeLucene.Evaluation.Tests;

/// <summary>Collections that are a little wrong are read, or refused by file and line; nothing else comes out of them.</summary>
public sealed class MutatedCollectionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("corpus.jsonl", """{"_id": "a", "title": "One", "text": "dog é 🙂"}""", """{"_id": "b", "text": "cat"}""")]
    [InlineData("queries.jsonl", """{"_id": "q", "text": "dog", "metadata": {"split": "dev"}}""")]
    [InlineData("qrels.txt", "q 0 a 1", "q 0 b 0")]
    [InlineData("corpus.jsonl.gz", """{"_id": "a", "title": "One", "text": "dog"}""")]
    public void Load_MutatedFile_IsReadOrRefused(string name, params string[] lines)
    {
        string[][] others =
        [
            ["corpus.jsonl", """{"_id": "a", "text": "dog"}"""], ["queries.jsonl", """{"_id": "q", "text": "dog"}"""],
            ["qrels.txt", "q 0 a 1"],
        ];
        foreach (string[] other in others.Where(other => !name.StartsWith(other[0], StringComparison.Ordinal)))
            File.WriteAllText(_folder.PathOf(other[0]), other[1] + "\n");
        byte[] content = Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n");
        foreach ((string change, byte[] mutated) in Mutation.Of(name.EndsWith(".gz", StringComparison.Ordinal) ? Zipped(content) : content, name.Length))
        {
            File.WriteAllBytes(_folder.PathOf(name), mutated);
            try
            {
                Assert.InRange(TestCollection.Load(_folder.Root).ReadDocuments().Count(), 0, 9);
            }
            catch (MalformedLineException refused)
            {
                Assert.Contains(name, refused.Message, StringComparison.Ordinal);
            }
            catch (Exception e) when (e is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"{name}, {change}: {e}");
            }
        }
    }

    [Theory]
    [InlineData("run.txt")]
    [InlineData("run.txt.gz")]
    public void Load_MutatedRun_IsReadOrRefused(string name)
    {
        byte[] content = "q Q0 a 1 12.5 tag\nq Q0 b 2 3e-1 tag\nr\tQ0 é 1 7 tag\n"u8.ToArray();
        bool zipped = name.EndsWith(".gz", StringComparison.Ordinal);
        foreach ((string change, byte[] mutated) in Mutation.Of(zipped ? Zipped(content) : content, name.Length))
        {
            File.WriteAllBytes(_folder.PathOf(name), mutated);
            try
            {
                Assert.InRange(TrecRun.Load(_folder.PathOf(name)).Queries.Count, 0, 9);
            }
            catch (MalformedLineException refused)
            {
                Assert.Contains(name, refused.Message, StringComparison.Ordinal);
            }
            catch (Exception e) when (e is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"{name}, {change}: {e}");
            }
        }
    }

    public void Dispose() => _folder.Dispose();

    private static byte[] Zipped(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Optimal)) zip.Write(content);
        return packed.ToArray();
    }
}
