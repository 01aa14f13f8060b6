using System.IO.Compression;
using System.Text;
using SpladeLucene.Tool.Tests.Support;

namespace SpladeLucene.Tool.Tests;

/// <summary>
/// Vectors and texts that are a little wrong become an index, or the file is named in one sentence and nothing is left behind.
/// </summary>
public sealed class MutatedSourcesTests : IDisposable
{
    private const string Objects = """
        {"id": "a", "contents": "dog é", "tags": ["x", 1, true, null], "vector": {"dog": 3, "é": 255, "##s": 0}}
        {"id": 7, "vector": {}}
        """;

    private const string Bulk = """
        {"index": {"_id": "a"}}
        {"text": "dog", "splade": {"dog": 1.5, "a%2Eb": 0.25}}
        {"_id": "b", "_source": {"splade": {"cat": 2}}}
        """;

    private const string Table = "id,text,note\nd1,\"A dog, \"\"and\"\"\nanother\",\nd2,A cat é,x\n";

    // Work of a whole command; the reader alone would be faster, and miss what Lucene doesn't take.
    private const int Cost = 3;

    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("json", Objects)]
    [InlineData("anserini", Objects)]
    [InlineData("opensearch", Bulk)]
    [InlineData("tsv", "a\tdog dog cat\nb\té\n")]
    public async Task Import_MutatedVectors_IsAnIndexOrRefused(string format, string text) => await EachAsync(
        "vectors.jsonl", Encoding.UTF8.GetBytes(text), format.Length, "import", "--format", format, "--to", "splade");

    [Fact]
    public async Task Import_MutatedPackedVectors_IsAnIndexOrRefused()
    {
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Optimal)) zip.Write(Encoding.UTF8.GetBytes(Objects));
        await EachAsync("vectors.jsonl.gz", packed.ToArray(), 2, "import", "--format", "json", "--to", "splade");
    }

    [Theory]
    [InlineData("texts.jsonl", """{"_id": "d1", "title": "Dogs", "text": "A dog é.", "tags": ["pet"], "year": 2020, "none": null}""")]
    [InlineData("texts.csv", Table)]
    public async Task Index_MutatedTexts_IsAnIndexOrRefused(string name, string text) =>
        await EachAsync(name, Encoding.UTF8.GetBytes(text), name.Length, "index", "--model", "words");

    public void Dispose() => _folder.Dispose();

    private async Task EachAsync(string name, byte[] content, int seed, string command, params string[] options)
    {
        string file = _folder.PathOf(name), index = _folder.PathOf("index");
        foreach ((string change, byte[] mutated) in Mutation.Of(content, seed, cost: Cost))
        {
            File.WriteAllBytes(file, mutated);
            string what = $"{name}, {change}";
            ToolRun run;
            try
            {
                run = await ToolRun.Of([command, file, index, .. options]);
            }
            catch (Exception e)
            {
                Assert.Fail($"{what}: {e}");
                return;
            }

            Assert.True(run.ExitCode is 0 or 2, $"{what}: exit code {run.ExitCode}, {run.Errors}");
            Assert.True(Directory.Exists(index) == (run.ExitCode == 0), what);
            Assert.True(run.ExitCode == 0 || run.Errors.Contains(name, StringComparison.Ordinal), $"{what}: {run.Errors}");
            if (run.ExitCode == 0) Directory.Delete(index, recursive: true);
            Assert.Single(Directory.EnumerateFileSystemEntries(_folder.Root));
        }
    }
}
