using Microsoft.Extensions.VectorData;

namespace SpladeLucene.VectorData.Tests.Support;

/// <summary>Stores over an encoder whose vectors can be told by reading.</summary>
internal static class Stores
{
    public const string Name = "articles";

    public static readonly Article[] Articles =
    [
        new()
        {
            Id = "1", Meaning = "how to train a dog", Title = "Training", Year = 2020, Pages = 8, Price = 0.5, Cost = 1.50m, Rating = 4.5f,
            Published = new(2020, 5, 1, 12, 0, 0, TimeSpan.FromHours(2)), Tags = ["pets", "sport"], Editors = ["Ann"], Note = "n1",
        },
        new()
        {
            Id = "2", Meaning = "a sick canine", Title = "Canine health", Year = 2024, Price = -3, Cost = -0.0000000000000000000000000001m, Rating = 2, Draft = true,
            Published = new(2024, 1, 2, 0, 0, 0, TimeSpan.Zero), Tags = [], Editors = null,
        },
        new()
        {
            Id = "3", Meaning = "the fox in the wild", Title = null, Year = 2024, Pages = 100, Price = double.NaN, Cost = decimal.MaxValue, Rating = 0.1f,
            Published = new(2024, 1, 2, 3, 0, 0, TimeSpan.FromHours(3)), Tags = ["wild"], Editors = [],
        },
        new()
        {
            Id = "4", Meaning = "an agile fox", Title = "Un\"usual\\ 'tit*le", Year = -1, Pages = 0, Price = 12.25, Rating = -0f,
            Published = DateTimeOffset.MinValue, Tags = ["wild", "sport"], Editors = ["Ann", "Bob"],
        },
    ];

    public static SpladeVectorStore InMemory(Action<SpladeVectorStoreOptions>? configure = null)
    {
        var options = new SpladeVectorStoreOptions { InMemory = true };
        configure?.Invoke(options);
        return new SpladeVectorStore(new WordEncoder(), options);
    }

    public static SpladeVectorStore In(string folder, ISparseEncoder? encoder = null) =>
        new(encoder ?? new WordEncoder(), new SpladeVectorStoreOptions { Directory = folder });

    public static async Task<SpladeCollection<string, Article>> FilledAsync(this SpladeVectorStore store)
    {
        SpladeCollection<string, Article> collection = store.GetCollection<string, Article>(Name);
        await collection.EnsureCollectionExistsAsync();
        await collection.UpsertAsync(Articles);
        return collection;
    }

    public static async Task<List<T>> ListAsync<T>(this IAsyncEnumerable<T> all)
    {
        var list = new List<T>();
        await foreach (T one in all) list.Add(one);
        return list;
    }

    public static async Task<string[]> IdsAsync(this IAsyncEnumerable<VectorSearchResult<Article>> found) =>
        [.. (await found.ListAsync()).Select(hit => hit.Record.Id)];
}
