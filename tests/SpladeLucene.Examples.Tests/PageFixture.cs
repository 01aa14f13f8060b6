using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using SideBySide;
using SideBySide.Web;
using Spectre.Console;
using SpladeLucene.Evaluation;
using SpladeLucene.Models;

namespace SpladeLucene.Examples.Tests;

/// <summary>The page of a few documents, with both models in one index, for as long as a class of tests runs.</summary>
public sealed class PageFixture : IAsyncLifetime, IDisposable
{
    public const string Canine = "😀 Cafe\u0301: a canine sleeps <script>alert(1)</script>.";

    private static readonly string[] Others =
    [
        "A dog barks at the moon.", "Bread needs flour and water.", "The physician treats an illness with medicine.",
        "Share prices fell on the market.", "A kitten plays with wool.", "Rain falls on the hills.", "The train is late again.",
        "The train is late again.",
    ];

    private readonly TemporaryFolder _folder = new();
    private readonly LoadedModels _models = new([SpladeTinyEn.Folder, SpladeSmallEn.Folder]);
    private readonly Lucene.Net.Store.Directory _directory = new Lucene.Net.Store.RAMDirectory();
    private WebApplication? _app;

    public HttpClient Client { get; } = new();

    internal Rankings Rankings { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        _folder.Write("corpus.jsonl", string.Join('\n', Others.Prepend(Canine).Select((text, i) =>
            JsonSerializer.Serialize(new { _id = $"{i + 1}", title = i == 3 ? "Doctors" : "", text }))));
        _folder.Write("queries.jsonl", """
            {"_id":"q1","text":"dog","metadata":{"kind":"one word"}}
            {"_id":"q2","text":"doctor cures the sick","metadata":{"kind":"several words"}}
            """);
        _folder.Write("qrels.txt", "q1 0 1 1\nq2 0 4 2\n");
        TestCollection set = TestCollection.Load(_folder.Root);
        IAnsiConsole quiet = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(TextWriter.Null) });
        Rankings = new Rankings(_directory,
            await CollectionIndex.EnsureAsync(_directory, set, _models.All, quiet, CancellationToken.None));
        _app = await PageServer.StartAsync(
            new PageAnswers(Rankings, new JudgedRun(Rankings, set), set), CancellationToken.None);
        Client.BaseAddress = new Uri(_app.Urls.First());
    }

    public async Task DisposeAsync()
    {
        if (_app is not null) await _app.DisposeAsync();
    }

    public void Dispose()
    {
        Client.Dispose();
        Rankings.Dispose();
        _directory.Dispose();
        _models.Dispose();
        _folder.Dispose();
    }

    /// <summary>What the page's own requests are answered with.</summary>
    public async Task<JsonElement> AskAsync(string path)
    {
        using var answer = JsonDocument.Parse(await Client.GetStringAsync(new Uri(path, UriKind.Relative)));
        return answer.RootElement.Clone();
    }
}
