using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Store;

namespace SpladeLucene.Reindexing.Tests;

/// <summary>A source of which a part can't be read.</summary>
public sealed class DamagedSourceTests : IDisposable
{
    private readonly string _root = System.IO.Directory.CreateTempSubdirectory("splade-damaged-").FullName;

    private string Source => Path.Combine(_root, "source");

    [Fact]
    public async Task PlanAsync_StoredValuesAreDamaged_NamesTheDocument()
    {
        Write(["dog 0"], ["dog 1", "dog 2"]);
        string stored = System.IO.Directory.GetFiles(Source, "_1*.fdt").Single();
        byte[] bytes = File.ReadAllBytes(stored);
        const int Header = 44, Footer = 16;
        bytes.AsSpan(Header..^Footer).Fill(0xFF);
        File.WriteAllBytes(stored, bytes);
        using var encoder = new WordEncoder();

        ReindexPlan plan = await new SpladeReindexer(encoder).PlanAsync(
            Source, Path.Combine(_root, "target"), [new ReindexMapping("body", "splade")]);

        Assert.StartsWith("Document 0 of segment _1 can't be read: ", Assert.Single(plan.Problems), StringComparison.Ordinal);
    }

    public void Dispose() => System.IO.Directory.Delete(_root, recursive: true);

    // Each kind of data in a file of its own.
    private void Write(params string[][] segments)
    {
        using FSDirectory directory = FSDirectory.Open(Source);
        IndexWriterConfig config = TestIndex.Config();
        config.MergePolicy = NoMergePolicy.NO_COMPOUND_FILES;
        config.UseCompoundFile = false;
        using var writer = new IndexWriter(directory, config);
        foreach (string[] bodies in segments)
        {
            foreach (string body in bodies)
                writer.AddDocument(TestIndex.Document(new TextField("body", body, Field.Store.YES)));
            writer.Commit();
        }
    }
}
