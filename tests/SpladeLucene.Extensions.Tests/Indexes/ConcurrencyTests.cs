using System.Text.Json;
using Microsoft.Extensions.Hosting;
using SpladeLucene.Extensions.Tests.Support;

namespace SpladeLucene.Extensions.Tests.Indexes;

public sealed class ConcurrencyTests : IDisposable
{
    private const int Writers = 3, Rounds = 40;

    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(5);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task SearchesAndWritesAtOnce_WhileTheHostRefreshesAndCommits_LoseNothing()
    {
        var log = new LogLines();
        using (IHost host = Articles.In(_folder.Root, o => (o.RefreshInterval, o.CommitInterval) = (Often, Often), log.AddTo))
        {
            await host.StartAsync();
            ISpladeIndex index = host.Index();
            Task[] writing = [.. Enumerable.Range(0, Writers).Select(writer => Task.Run(() => WriteAsync(index, writer)))];
            Task writers = Task.WhenAll(writing);
            await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => SearchUntilAsync(index, writers))));
            await writers;
            await host.StopAsync();
        }

        // Each writer wrote every document twice and deleted every fourth.
        using IHost again = Articles.In(_folder.Root);
        ISpladeIndex reopened = again.Index();
        Assert.Equal(Writers * Rounds * 3 / 4, reopened.Writer.NumDocs);
        Assert.Equal(Writers * Rounds * 3 / 4, (await reopened.SearchAsync("canine", new() { Mode = SpladeSearchMode.Meaning })).TotalHits);
        Assert.DoesNotContain(log.Lines, line => line.Id.Id == 5);
    }

    private static async Task WriteAsync(ISpladeIndex index, int writer)
    {
        for (int i = 0; i < Rounds; i++)
        {
            JsonElement document = JsonSerializer.SerializeToElement(new { id = $"{writer}-{i}", body = "a dog" });
            await index.UpdateAsync([document]);
            await index.UpdateAsync([document]);
            if (i % 4 == 3) await index.DeleteAsync([$"{writer}-{i}"]);
        }
    }

    private static async Task SearchUntilAsync(ISpladeIndex index, Task end)
    {
        do
        {
            SpladeSearchResult found = await index.SearchAsync("dog", new() { Count = 1000 });
            Assert.Equal(found.TotalHits, found.Hits.Count);
            Assert.Equal(found.Keys().Distinct(StringComparer.Ordinal).Count(), found.Hits.Count);
        }
        while (!end.IsCompleted);
    }
}
