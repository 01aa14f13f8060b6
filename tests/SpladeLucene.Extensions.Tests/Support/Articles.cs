using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace SpladeLucene.Extensions.Tests.Support;

/// <summary>An index of three articles, over an encoder whose vectors can be told by reading.</summary>
internal static class Articles
{
    public const string Name = "articles";

    public static readonly JsonElement[] Json = Parse("""
        [
          { "id": "1", "title": "Training", "body": "how to train a dog", "kind": "Guide", "year": 2020, "tags": ["pets", "sport"] },
          { "id": "2", "title": "Canine health", "body": "a sick canine", "kind": "News", "year": 2024, "draft": false },
          { "id": 3, "title": "Foxes", "body": "the fox in the wild", "kind": "Guide", "year": 2025, "note": null }
        ]
        """);

    public static JsonElement[] Parse(string json) => JsonSerializer.Deserialize<JsonElement[]>(json)!;

    /// <summary>A host with the index in a folder, not started.</summary>
    public static IHost In(string folder, Action<SpladeIndexOptions>? configure = null, Action<IServiceCollection>? more = null) =>
        Hosts.Build(services =>
        {
            services.AddSplade(o => o.EncoderFactory = _ => new WordEncoder()).AddSpladeIndex(Name, o =>
            {
                (o.Directory, o.Sources, o.Keywords) = (folder, ["title", "body"], ["kind"]);
                configure?.Invoke(o);
            });
            more?.Invoke(services);
        });

    public static ISpladeIndex Index(this IHost host) => host.Services.GetRequiredService<ISpladeIndex>();

    /// <summary>The same with the articles in it, visible.</summary>
    public static async Task<ISpladeIndex> FillAsync(this IHost host)
    {
        ISpladeIndex index = host.Index();
        await index.UpdateAsync(Json);
        await index.RefreshAsync();
        return index;
    }

    public static string[] Keys(this SpladeSearchResult found) => [.. found.Hits.Select(hit => hit.Key!)];
}
