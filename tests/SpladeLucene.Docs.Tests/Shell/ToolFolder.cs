using System.IO.Compression;
using System.Text;
using Lucene.Net.Analysis.Standard;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Util;
using SpladeLucene.Models;
using SpladeLucene.Onnx;
using SpladeLucene.Onnx.Tests.Support;
using FSDirectory = Lucene.Net.Store.FSDirectory;

namespace SpladeLucene.Docs.Tests.Shell;

/// <summary>A folder with everything that the pages' lines are given, and the working directory as long as it lives.</summary>
internal sealed class ToolFolder : IDisposable
{
    private static readonly (string Id, string Title, string Body)[] Articles =
    [
        ("a1", "Canine health", "What to do about a sick dog."), ("a2", "Money", "The history of banks and coins."),
        ("a3", "A fox", "A fast, agile fox leaps across a stream."),
    ];

    private readonly TemporaryFolder _folder = new();

    private readonly string _before = Environment.CurrentDirectory;

    public ToolFolder()
    {
        Environment.CurrentDirectory = _folder.Root;
        File.WriteAllLines("articles.csv", ["id,title,body", .. Articles.Select(each => $"{each.Id},{each.Title},\"{each.Body}\"")]);
        File.WriteAllText("queries.tsv", "q1\tmy dog is ill\nq2\tagile animal\n");
        File.WriteAllText("qrels.txt", "q1 0 a1 1\nq2 0 a3 1\n");
        File.WriteAllText("bm25.run", "q1 Q0 a2 1 2.5 bm25\nq1 Q0 a1 2 1.5 bm25\nq2 Q0 a3 1 1 bm25\n");
        File.WriteAllText("splade.run", "q1 Q0 a1 1 9 splade\nq2 Q0 a3 1 8 splade\n");
        WriteCollection();
        WriteVectors();
        WriteIndex();
        WriteModel();
    }

    /// <summary>The model that comes along, or that of a folder.</summary>
    public static ISparseEncoder Load(string model) =>
        OnnxSparseEncoder.Load(Directory.Exists(model) ? model : SpladeTinyEn.Folder);

    public void Dispose()
    {
        Environment.CurrentDirectory = _before;
        _folder.Dispose();
    }

    private static void WriteCollection()
    {
        Directory.CreateDirectory("my-collection/qrels");
        File.WriteAllLines("my-collection/corpus.jsonl",
            Articles.Select(each => $$"""{"_id": "{{each.Id}}", "title": "{{each.Title}}", "text": "{{each.Body}}"}"""));
        File.WriteAllText("my-collection/queries.jsonl", """{"_id": "q1", "text": "my dog is ill", "metadata": {"split": "dev"}}""" + "\n");
        File.WriteAllText("my-collection/qrels/test.tsv", "query-id\tcorpus-id\tscore\nq1\ta1\t1\n");
    }

    private static void WriteVectors()
    {
        using FileStream file = File.Create("vectors.jsonl.gz");
        using var packed = new GZipStream(file, CompressionLevel.Fastest);
        packed.Write(Encoding.UTF8.GetBytes("""{"id": "a1", "contents": "a sick dog", "vector": {"dog": 120, "sick": 80}}""" + "\n"));
    }

    private static void WriteIndex()
    {
        using FSDirectory directory = FSDirectory.Open("old-index");
        using var analyzer = new StandardAnalyzer(LuceneVersion.LUCENE_48);
        using var writer = new IndexWriter(directory, new IndexWriterConfig(LuceneVersion.LUCENE_48, analyzer));
        foreach ((string id, string title, string body) in Articles)
        {
            writer.AddDocument(new Document
            {
                new StringField("id", id, Field.Store.YES), new TextField("title", title, Field.Store.YES), new TextField("body", body, Field.Store.YES),
            });
        }
    }

    // As exports are, with logits: the one that comes along has pooled them already.
    private static void WriteModel()
    {
        const int Entries = 300, Hidden = 4;
        var random = new Random(1);
        float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)];
        OnnxModel graph = new OnnxModel().Input("input_ids").Input("attention_mask")
            .Constant("embeddings", Numbers(Entries * Hidden), Entries, Hidden).Constant("layer", Numbers(Hidden * Entries), Hidden, Entries)
            .Constant("bias", Numbers(Entries), Entries).Node("Gather", ["embeddings", "input_ids"], "hidden")
            .Node("MatMul", ["hidden", "layer"], "products").Node("Add", ["products", "bias"], "logits")
            .Output("logits", "texts", "tokens", $"{Entries}");
        Directory.CreateDirectory("my-model");
        File.WriteAllBytes("my-model/model.onnx", graph.ToArray());
        File.WriteAllLines("my-model/vocab.txt",
            ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "dog", "ill", .. Enumerable.Range(6, Entries - 6).Select(id => $"w{id}")]);
        File.WriteAllText("my-model/config.json", """{"max_position_embeddings": 64}""");
    }
}
