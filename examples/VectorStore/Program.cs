using Microsoft.Extensions.VectorData;
using SpladeLucene;
using SpladeLucene.Onnx;

using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(Path.Combine(AppContext.BaseDirectory, "models/splade-tiny-en"));
using var store = new SpladeVectorStore(encoder, new SpladeVectorStoreOptions { InMemory = true });

SpladeCollection<string, Article> articles = store.GetCollection<string, Article>("articles");
await articles.EnsureCollectionExistsAsync();
await articles.UpsertAsync(
[
    new() { Id = "1", Title = "Canine health", Body = "What to do about a sick dog.", Year = 2024, Tags = ["pets"] },
    new() { Id = "2", Title = "Flight", Body = "An airplane stays up by its wings.", Year = 2020, Tags = ["travel"] },
    new() { Id = "3", Title = "Puppies", Body = "Choosing a young dog.", Year = 2019, Tags = ["pets"] },
]);

// By meaning, under a condition.
await foreach (VectorSearchResult<Article> hit in articles.SearchAsync(
    "ill puppy", top: 3, new() { Filter = article => article.Year > 2019 && article.Tags.Contains("pets") }))
    Console.WriteLine($"{hit.Score:0.0}  {hit.Record.Title}");

// By the words of the title and the meaning of the body at once.
await foreach (VectorSearchResult<Article> hit in articles.HybridSearchAsync("how do planes fly", ["flight"], top: 3))
    Console.WriteLine($"{hit.Score:0.0}  {hit.Record.Title}");

internal sealed class Article
{
    [VectorStoreKey]
    public string Id { get; set; } = "";

    [VectorStoreData(IsFullTextIndexed = true)]
    public string Title { get; set; } = "";

    [VectorStoreData]
    public string Body { get; set; } = "";

    [VectorStoreData(IsIndexed = true)]
    public int Year { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public string[] Tags { get; set; } = [];

    // What is encoded. A number of dimensions has to be written, and means nothing to sparse vectors.
    [VectorStoreVector(dimensions: 1)]
    public string Meaning => Title + "\n" + Body;
}
