using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using SideBySide;
using SideBySide.Web;
using Spectre.Console;
using SpladeLucene.Evaluation;
using SpladeLucene.Onnx;

namespace SpladeLucene.Examples.Tests;

public sealed class SideBySidePageTests : IAsyncLifetime, IDisposable
{
    private const string Canine = "😀 Cafe\u0301: a canine sleeps <script>alert(1)</script>.";

    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _client = new();
    private readonly OnnxSparseEncoder _encoder = OnnxSparseEncoder.Load(
        Path.Combine(AppContext.BaseDirectory, "models", "splade-tiny-en"));
    private Lucene.Net.Store.Directory _directory = null!;
    private TwoRankings _rankings = null!;
    private WebApplication _app = null!;

    public async Task InitializeAsync()
    {
        string[] documents =
        [
            JsonSerializer.Serialize(new { _id = "1", title = "", text = Canine }),
            JsonSerializer.Serialize(new { _id = "2", title = "", text = "A dog barks at the moon." }),
            JsonSerializer.Serialize(new { _id = "3", title = "", text = "Bread needs flour and water." }),
        ];
        _folder.Write("corpus.jsonl", string.Join('\n', documents));
        _folder.Write("queries.tsv", "q1\tdog\n");
        _folder.Write("qrels.txt", "q1 0 1 1\n");
        TestCollection set = TestCollection.Load(_folder.Root);
        _directory = new Lucene.Net.Store.RAMDirectory();
        IAnsiConsole quiet = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(TextWriter.Null) });
        await CollectionIndex.EnsureAsync(_directory, set, _encoder, quiet, CancellationToken.None);
        _rankings = new TwoRankings(_directory, _encoder);
        _app = await PageServer.StartAsync(new PageAnswers(_rankings, set), CancellationToken.None);
        _client.BaseAddress = new Uri(_app.Urls.First());
    }

    [Fact]
    public async Task Search_JudgedQuery_ColumnsAreTheRankingsAndAnswersAreMarked()
    {
        JsonElement answer = await AskAsync("api/search?q=dog");

        Assert.Equal(_rankings.SearchBm25("dog", 10).Select(hit => hit.Id), Ids(answer, "words"));
        Assert.Equal(_rankings.SearchSplade("dog", 10).Select(hit => hit.Id), Ids(answer, "meaning"));
        Assert.Equal(TwoRankings.Fuse(_rankings.SearchBm25("dog", 100), _rankings.SearchSplade("dog", 100)),
            Ids(answer, "fused"));
        JsonElement judged = answer.GetProperty("meaning").EnumerateArray()
            .Single(hit => hit.GetProperty("relevant").GetBoolean());
        Assert.Equal("1", judged.GetProperty("id").GetString());
        Assert.Equal(Canine, judged.GetProperty("text").GetString());
    }

    [Fact]
    public async Task Why_EmojiAndAccentBefore_MarksTheWholeWordAndKeepsTheText()
    {
        JsonElement answer = await AskAsync("api/why?q=dog&id=1");

        JsonElement[] pieces = [.. answer.GetProperty("text").EnumerateArray()];
        Assert.Equal(Canine, string.Concat(pieces.Select(piece => piece.GetProperty("text").GetString())));
        Assert.Contains(pieces, piece => piece.GetProperty("marked").GetBoolean()
            && piece.GetProperty("text").GetString() == "canine");
        Assert.Contains(answer.GetProperty("meaning").EnumerateArray(), reason =>
            reason.GetProperty("term").GetString() == "dog" && reason.GetProperty("document").GetString() == "canine");
    }

    [Theory]
    [InlineData("api/search", "q is empty")]
    [InlineData("api/search?q=%20", "q is empty")]
    [InlineData("api/why?q=dog&id=none", "no document 'none'")]
    public async Task Ask_BadInput_IsRefusedWithASentence(string path, string sentence)
    {
        using HttpResponseMessage answer = await _client.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(sentence, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dog ", 10_000)]
    [InlineData("housekeeper ", 10_000)]
    [InlineData("<script>", 10_000)]
    public async Task Search_LongQuery_IsAnswered(string piece, int length)
    {
        JsonElement answer = await AskAsync("api/search?q=" + Uri.EscapeDataString(Long(piece, length)));

        Assert.Equal(Ids(answer, "meaning").Union(Ids(answer, "words")).Order(StringComparer.Ordinal),
            Ids(answer, "fused").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Search_MoreDifferentWordsThanClauses_IsCutAndSaysSo()
    {
        string query = "dog " + string.Join(' ', Enumerable.Range(0, 1_500).Select(i => $"w{i}"));

        JsonElement answer = await AskAsync("api/search?q=" + Uri.EscapeDataString(query));

        Assert.Equal(["2"], Ids(answer, "words"));
        string[] notices = [.. answer.GetProperty("notices").EnumerateArray().Select(notice => notice.GetString()!)];
        Assert.Contains(notices, notice => notice.StartsWith("Words: only the first 1024", StringComparison.Ordinal));
        Assert.Contains(notices, notice => notice.StartsWith("Meaning: the model reads", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Search_WordInsideAnother_IsNoTypedWord()
    {
        JsonElement answer = await AskAsync("api/search?q=" + Uri.EscapeDataString("carpet dog"));

        Dictionary<string, bool> typed = answer.GetProperty("expansion").EnumerateArray().ToDictionary(
            term => term.GetProperty("term").GetString()!, term => term.GetProperty("typed").GetBoolean());
        Assert.True(typed["dog"]);
        Assert.False(typed["pet"]);
    }

    [Fact]
    public async Task Search_LongerThanTheLimit_IsRefusedWithASentence()
    {
        using HttpResponseMessage answer = await _client.GetAsync(
            new Uri("api/search?q=" + Uri.EscapeDataString(Long("犬", 10_001)), UriKind.Relative));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("longer than 10000", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_ForeignHost_IsRefused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/queries");
        request.Headers.Host = "example.org";

        using HttpResponseMessage answer = await _client.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("", "text/html")]
    [InlineData("page.css", "text/css")]
    [InlineData("page.js", "text/javascript")]
    public async Task Page_EachFile_IsServedAndNamesNoOtherHost(string path, string type)
    {
        using HttpResponseMessage answer = await _client.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal(type, answer.Content.Headers.ContentType!.MediaType);
        string text = (await answer.Content.ReadAsStringAsync()).Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal);
        Assert.DoesNotContain("://", text, StringComparison.Ordinal);
        Assert.DoesNotContain("innerHTML", text, StringComparison.Ordinal);
    }

    public async Task DisposeAsync() => await _app.DisposeAsync();

    public void Dispose()
    {
        _client.Dispose();
        _rankings.Dispose();
        _directory.Dispose();
        _encoder.Dispose();
        _folder.Dispose();
    }

    private static string Long(string piece, int length) =>
        string.Concat(Enumerable.Repeat(piece, (length / piece.Length) + 1))[..length];

    private async Task<JsonElement> AskAsync(string path)
    {
        using var answer = JsonDocument.Parse(await _client.GetStringAsync(new Uri(path, UriKind.Relative)));
        return answer.RootElement.Clone();
    }

    private static IEnumerable<string?> Ids(JsonElement answer, string column) =>
        answer.GetProperty(column).EnumerateArray().Select(hit => hit.GetProperty("id").GetString());
}
