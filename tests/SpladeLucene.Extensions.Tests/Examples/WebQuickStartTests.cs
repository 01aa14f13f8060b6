extern alias quickstart;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using SpladeLucene.Extensions.Tests.Support;

namespace SpladeLucene.Extensions.Tests.Examples;

/// <summary>The program that the package's page begins with: it is the page's, short, and does what the page says.</summary>
public sealed class WebQuickStartTests : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(100);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Page_ShowsTheProgram_InUnder15Lines()
    {
        string program = Repository.Read("examples/WebQuickStart/Program.cs");

        Assert.Contains($"```csharp\n{program}```", Repository.Read("src/SpladeLucene.Extensions/README.md"), StringComparison.Ordinal);
        Assert.InRange(program.TrimEnd().Split('\n').Length, 1, 14);
    }

    [Fact]
    public async Task Program_OwnJson_IsFoundByMeaning()
    {
        await using var factory = new WebApplicationFactory<quickstart::Program>();
        using HttpClient client = factory.WithWebHostBuilder(host => host.UseContentRoot(_folder.Root)).CreateClient();
        (await client.PostAsJsonAsync("/articles", Articles.Json)).EnsureSuccessStatusCode();

        JsonElement[] hits = [];
        // A refresh may come between two articles: that others are found doesn't say that this one can be.
        for (int tries = 0; !hits.Any(hit => hit.GetProperty("key").GetString() == "2") && tries < 1200; tries++)
        {
            await Task.Delay(Soon);
            hits = (await client.GetFromJsonAsync<JsonElement[]>("/search?q=ill+puppy"))!;
        }

        Assert.Equal("2", hits[0].GetProperty("key").GetString());
        Assert.Equal("Canine health", hits[0].GetProperty("title").GetString());
        Assert.True(System.IO.Directory.Exists(_folder.PathOf("articles")));
    }
}
