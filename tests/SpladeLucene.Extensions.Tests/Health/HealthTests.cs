using Lucene.Net.Documents;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using SpladeLucene.Extensions.Tests.Support;

namespace SpladeLucene.Extensions.Tests.Health;

public sealed class HealthTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Check_IndexInOrder_IsHealthyAndSaysWhatThereIs()
    {
        using IHost host = Checked();
        await host.FillAsync();

        HealthReportEntry entry = await CheckAsync(host);

        Assert.Equal(HealthStatus.Healthy, entry.Status);
        Assert.Equal("The index 'articles' is searched by words and meaning.", entry.Description);
        Assert.Equal((3, 0), (entry.Data["documents"], entry.Data["withoutVector"]));
        Assert.StartsWith("words model=", (string)entry.Data["model"], StringComparison.Ordinal);
        Assert.True((long)entry.Data["impactBytes"] >= 0);
    }

    [Theory]
    [InlineData(false, HealthStatus.Unhealthy, "The index 'articles': the encoder fails: The model is gone for the text at index 0.")]
    [InlineData(true, HealthStatus.Degraded,
        "The index 'articles': the encoder fails and words alone are searched for: The model is gone for the text at index 0.")]
    public async Task Check_EncoderThatFails_IsSaidAsTheIndexIsSet(bool wordsAlone, HealthStatus expected, string sentence)
    {
        var encoder = new FailingEncoder();
        using IHost host = Checked(o => o.WordsAloneOnFailure = wordsAlone, encoder);
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(host)).Status);
        encoder.Fails = true;

        HealthReportEntry entry = await CheckAsync(host);

        Assert.Equal((expected, sentence), (entry.Status, entry.Description));
        Assert.IsType<SparseEncodingException>(entry.Exception);
    }

    [Fact]
    public async Task Check_EncoderThatFails_IsDegradedWhereTheHybridOptionsAllowForIt()
    {
        var encoder = new FailingEncoder();
        using IHost host = Checked(o => o.ConfigureHybrid = hybrid => hybrid with { WordsAloneOnFailure = true }, encoder);
        encoder.Fails = true;

        Assert.Equal(HealthStatus.Degraded, (await CheckAsync(host)).Status);
    }

    [Fact]
    public async Task Check_DocumentsWithoutAVector_AreDegraded()
    {
        using IHost host = Checked();
        ISpladeIndex index = await host.FillAsync();
        index.Writer.AddDocument(TestIndex.Document(new StringField("id", "9", Field.Store.YES)));
        await index.RefreshAsync();

        HealthReportEntry entry = await CheckAsync(host);

        Assert.Equal(HealthStatus.Degraded, entry.Status);
        Assert.Equal("The index 'articles': 1 of 4 documents have no vector.", entry.Description);
    }

    [Fact]
    public async Task Check_VectorsOfAnotherModel_AreUnhealthy()
    {
        using IHost host = Checked();
        ISpladeIndex index = await host.FillAsync();
        using var other = new WordEncoder("others");
        index.Writer.AddDocument(TestIndex.Document(new SpladeField("splade", other.Encode("dog"), other.Fingerprint)));
        await index.RefreshAsync();

        HealthReportEntry entry = await CheckAsync(host);

        Assert.Equal(HealthStatus.Unhealthy, entry.Status);
        Assert.Equal("The index 'articles': 1 of 4 documents have vectors of another model.", entry.Description);
    }

    [Fact]
    public async Task Check_UpkeepThatFails_IsUnhealthyUntilItDoesNot()
    {
        using IHost host = Checked();
        var index = (SpladeLucene.Indexes.SpladeIndex)await host.FillAsync();

        index.Keep("commit", () => throw new IOException("No space left on device"));
        HealthReportEntry failed = await CheckAsync(host);
        index.Keep("commit", index.Commit);

        Assert.Equal("The index 'articles': the last refresh or commit failed: No space left on device.", failed.Description);
        Assert.Equal(HealthStatus.Unhealthy, failed.Status);
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(host)).Status);
    }

    private IHost Checked(Action<SpladeIndexOptions>? configure = null, ISparseEncoder? encoder = null) =>
        Articles.In(_folder.Root, configure, services =>
        {
            if (encoder is not null) services.AddSplade(o => o.EncoderFactory = _ => encoder);
            services.AddLogging().AddHealthChecks().AddSpladeIndex(Articles.Name);
        });

    private static async Task<HealthReportEntry> CheckAsync(IHost host) =>
        (await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Entries["splade:articles"];

    private sealed class FailingEncoder : ISparseEncoder
    {
        private readonly WordEncoder _words = new();

        public bool Fails { get; set; }

        public ModelFingerprint Fingerprint => _words.Fingerprint;

        public SparseVector Encode(string text) =>
            Fails ? throw new SparseEncodingException(0, "The model is gone") : _words.Encode(text);

        public async Task<IReadOnlyList<SparseVector>> EncodeAsync(
            IReadOnlyList<string> texts, CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            return [.. texts.Select(Encode)];
        }

        public void Dispose()
        {
        }
    }
}
