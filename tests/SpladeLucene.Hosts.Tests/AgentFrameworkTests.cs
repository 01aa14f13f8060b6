using System.Text.Json;
using Microsoft.Agents.AI;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.VectorData;

namespace SpladeLucene.Hosts.Tests;

/// <summary>Agents that are given what an index or a collection knows; what docs/hosts.md shows is run here.</summary>
public sealed class AgentFrameworkTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task TextSearchProvider_OverAnIndex_TellsTheAgentWhatMeansTheQuestion()
    {
        using ServiceProvider services = new ServiceCollection().AddSplade(o => o.EncoderFactory = _ => new WordEncoder())
            .AddSpladeIndex("articles", o => (o.Directory, o.Sources) = (_folder.Root, ["title", "body"])).BuildServiceProvider();
        var index = services.GetRequiredService<ISpladeIndex>();
        await index.UpdateAsync(JsonSerializer.Deserialize<JsonElement[]>(
            """[{ "id": "1", "title": "Canine health", "body": "a sick canine" }, { "id": "2", "title": "Foxes", "body": "the fox" }]""")!);
        await index.RefreshAsync();
        var chat = new Listening();

        var knowledge = new TextSearchProvider(async (question, stop) =>
            (await index.SearchAsync(question, new() { Count = 3 }, stop)).Hits.Select(
                hit => new TextSearchProvider.TextSearchResult { SourceName = hit["title"], Text = hit["body"]! }));
        var agent = new ChatClientAgent(chat, new ChatClientAgentOptions { AIContextProviders = [knowledge] });
        await agent.RunAsync("What about my dog?");

        Assert.Contains("a sick canine", chat.Heard, StringComparison.Ordinal);
        Assert.Contains("Canine health", chat.Heard, StringComparison.Ordinal);
        Assert.DoesNotContain("the fox", chat.Heard, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TextSearchProvider_OverACollection_Does()
    {
        using var store = new SpladeVectorStore(new WordEncoder(), new() { InMemory = true });
        SpladeCollection<string, Article> articles = store.GetCollection<string, Article>("articles");
        await articles.EnsureCollectionExistsAsync();
        await articles.UpsertAsync([new() { Id = "1", Body = "a sick canine" }, new() { Id = "2", Body = "the fox" }]);
        var chat = new Listening();

        var knowledge = new TextSearchProvider(async (question, stop) =>
        {
            var found = new List<TextSearchProvider.TextSearchResult>();
            await foreach (VectorSearchResult<Article> hit in articles.SearchAsync(question, top: 3, cancellationToken: stop))
                found.Add(new() { SourceName = hit.Record.Id, Text = hit.Record.Body });
            return found;
        });
        var agent = new ChatClientAgent(chat, new ChatClientAgentOptions { AIContextProviders = [knowledge] });
        await agent.RunAsync("What about my dog?");

        Assert.Contains("a sick canine", chat.Heard, StringComparison.Ordinal);
        Assert.DoesNotContain("the fox", chat.Heard, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_ShowsWhatIsRunHere()
    {
        string[] Lines(string path) => Repository.Read(path).Split('\n');
        string page = string.Join('\n', Lines("docs/hosts.md"));
        string[] own = [.. Lines("tests/SpladeLucene.Hosts.Tests/AgentFrameworkTests.cs").Select(line => line.Trim())];

        string[] compiled = page.Split("<!-- compiled -->\n```csharp\n")[1..];

        Assert.Equal(2, compiled.Length);
        Assert.All(compiled.SelectMany(block => block.Split("```")[0].Split('\n', StringSplitOptions.RemoveEmptyEntries)),
            line => Assert.Contains(line.Trim(), own));
    }

    public sealed class Article
    {
        [VectorStoreKey]
        public string Id { get; set; } = "";

        [VectorStoreData]
        public string Body { get; set; } = "";

        [VectorStoreVector(1)]
        public string Meaning => Body;
    }

    /// <summary>A model that says nothing and remembers what it was told.</summary>
    private sealed class Listening : IChatClient
    {
        public string Heard { get; private set; } = "";

        public Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            Heard = string.Join('\n', messages.Select(message => message.Text));
            return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "…")));
        }

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
