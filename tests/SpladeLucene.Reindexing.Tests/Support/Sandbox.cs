using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Store;

namespace SpladeLucene.Reindexing.Tests.Support;

/// <summary>A folder with a source index, a place for a target, and an encoder that counts; gone at the end.</summary>
internal sealed class Sandbox : IDisposable
{
    public static readonly ReindexMapping Body = new("body", "body_splade");

    private readonly TemporaryFolder _folder = new();

    private readonly List<FSDirectory> _opened = [];

    public string Source => _folder.Source;

    public string Target => _folder.Target;

    public string Working => Target + ".upgrading";

    public CountingEncoder Encoder { get; set; } = new();

    public ReindexOptions Options { get; set; } = new();

    public SpladeReindexer Reindexer => new(Encoder, Options);

    public string In(string name) => _folder.PathOf(name);

    /// <summary>A document with an id and a body, both stored.</summary>
    public static Document Document(string id, string? body)
    {
        var document = TestIndex.Document(new StringField("id", id, Field.Store.YES));
        if (body is not null) document.Add(new TextField("body", body, Field.Store.YES));
        return document;
    }

    /// <summary>Adds to the source, one segment for each group of bodies; an id is the number of the document.</summary>
    public Sandbox AddSegments(params string?[][] segments)
    {
        int id = 0;
        Write(writer =>
        {
            foreach (string?[] bodies in segments)
            {
                foreach (string? body in bodies) writer.AddDocument(Document($"{id++}", body));
                writer.Commit();
            }
        });
        return this;
    }

    /// <summary>Changes the source.</summary>
    public void Write(Action<IndexWriter> change, string? folder = null)
    {
        using FSDirectory directory = FSDirectory.Open(folder ?? Source);
        IndexWriterConfig config = TestIndex.Config();
        config.MergePolicy = NoMergePolicy.COMPOUND_FILES;
        using var writer = new IndexWriter(directory, config);
        change(writer);
    }

    public Task<ReindexPlan> PlanAsync(params ReindexMapping[] mappings) =>
        Reindexer.PlanAsync(Source, Target, mappings.Length == 0 ? [Body] : mappings);

    public async Task<ReindexResult> RunAsync(CancellationToken cancellation = default)
    {
        ReindexPlan plan = await PlanAsync();
        Encoder.Forget();
        return await Reindexer.RunAsync(plan, cancellationToken: cancellation);
    }

    /// <summary>Opens the target, or another index.</summary>
    public DirectoryReader Open(string? folder = null)
    {
        FSDirectory directory = FSDirectory.Open(folder ?? Target);
        _opened.Add(directory);
        return DirectoryReader.Open(directory);
    }

    public void Dispose()
    {
        _opened.ForEach(directory => directory.Dispose());
        _folder.Dispose();
    }
}
