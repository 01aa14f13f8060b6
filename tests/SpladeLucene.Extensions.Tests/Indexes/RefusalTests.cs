using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Store;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SpladeLucene.Extensions.Tests.Support;

namespace SpladeLucene.Extensions.Tests.Indexes;

/// <summary>An index that can't be opened ends the start, in one sentence.</summary>
public sealed class RefusalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Directory", "", "There is no directory: set Splade:Indexes:articles:Directory to the folder of the index.")]
    [InlineData("Folder", "x", "'Splade:Indexes:articles:Folder' is no setting; Splade:Indexes:articles has Directory, ")]
    [InlineData("Sources:0", "id", "The field 'id' stands twice in Splade:Indexes:articles")]
    [InlineData("ImpactFolder", " ", "Splade:Indexes:articles:ImpactFolder is blank; leave it out to keep impacts on the heap.")]
    [InlineData("BatchSize", "0", "Splade:Indexes:articles:BatchSize is 0, and 1 or more is expected.")]
    [InlineData("MeaningWeight", "NaN", "Splade:Indexes:articles:MeaningWeight is NaN, and 0 to 1 is expected.")]
    [InlineData("RefreshInterval", "-00:00:01", "RefreshInterval is -00:00:01")]
    [InlineData("RefreshInterval", "00:00:00.0005", "and 0, or 1 ms to 24 days is expected.")]
    [InlineData("Keywords", "kind", "'Splade:Indexes:articles:Keywords' is 'kind', and a list is expected.")]
    [InlineData("MustExist", "true", "The index 'articles' can't be opened: there is none in ")]
    public async Task Start_OneSettingIsWrong_SaysWhich(string key, string value, string expected)
    {
        var settings = new Dictionary<string, string> { ["Directory"] = _folder.PathOf("index"), ["Sources:0"] = "body" };
        settings[key] = value;

        string refusal = await Hosts.Refusal(services => Words(services).AddSpladeIndex("articles"),
            [.. settings.Select(setting => ($"Splade:Indexes:articles:{setting.Key}", setting.Value))]);

        Assert.Contains(expected, refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WhatTheCallersCodeGives_IsRefusedByName()
    {
        Task<string> Of(Action<SpladeIndexOptions> set) => Hosts.Refusal(services => Words(services).AddSpladeIndex("articles", options =>
        {
            Body(options);
            set(options);
        }));

        Assert.Contains("reciprocal ranks have no weights", await Of(o => (o.ConfigureHybrid, o.MeaningWeight) =
            (hybrid => hybrid with { RankConstant = 60 }, 0.5)), StringComparison.Ordinal);
        Assert.Contains("ConfigureHybrid returned null", await Of(o => o.ConfigureHybrid = _ => null!), StringComparison.Ordinal);
        Assert.Contains("AnalyzerFactory returned null", await Of(o => o.AnalyzerFactory = () => null!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_NoSources_SaysSo() => Assert.StartsWith("There are no source fields: set ",
        await Hosts.Refusal(services => Words(services).AddSpladeIndex("articles", o => o.Directory = _folder.Root)),
        StringComparison.Ordinal);

    [Fact]
    public async Task Start_IndexThatIsOnlyConfigured_SaysSo() => Assert.Equal(
        "'Splade:Indexes:articels' is set, and the application doesn't call AddSpladeIndex(\"articels\").",
        await Hosts.Refusal(services => Words(services), ("Splade:Indexes:articels:Directory", "x")));

    [Fact]
    public async Task Start_LockedIndex_SaysSo()
    {
        using IHost first = Articles.In(_folder.Root);
        await first.StartAsync();

        string refusal = await Hosts.Refusal(services => Words(services).AddSpladeIndex("articles", Body));

        Assert.Contains("'articles' can't be opened: another process, or another index of this one, writes in", refusal,
            StringComparison.Ordinal);
        await first.FillAsync();
    }

    [Fact]
    public async Task Start_OtherModelThanTheIndex_NamesBothAndLeavesItAlone()
    {
        using (IHost first = Articles.In(_folder.Root)) await first.FillAsync();

        string refusal = await Hosts.Refusal(services =>
            services.AddSplade(o => o.EncoderFactory = _ => new WordEncoder("others")).AddSpladeIndex("articles", Body));

        Assert.Contains("The field 'splade' holds vectors that were made with words model=", refusal, StringComparison.Ordinal);
        Assert.Contains("the query is made with others model=", refusal, StringComparison.Ordinal);
        using IHost again = Articles.In(_folder.Root);
        Assert.Equal(2, (await again.Index().SearchAsync("dog")).TotalHits);
    }

    [Fact]
    public async Task Start_FieldOfSomebodyElse_SaysSo()
    {
        using (FSDirectory directory = FSDirectory.Open(_folder.Root))
        using (var writer = new IndexWriter(directory, TestIndex.Config()))
            writer.AddDocument(TestIndex.Document(new TextField("splade", "some words", Field.Store.NO)));

        Assert.Contains("holds terms that are no SPLADE vectors",
            await Hosts.Refusal(services => Words(services).AddSpladeIndex("articles", Body)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_DirectoryIsAFile_SaysSo()
    {
        string file = _folder.Write("file", "text");

        Assert.Contains("The index 'articles' can't be opened: ", await Hosts.Refusal(services => Words(services)
            .AddSpladeIndex("articles", o => (o.Directory, o.Sources) = (file, ["body"]))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_EncoderThatIsNotRegistered_SaysSo() => Assert.Contains(
        "no encoder 'code'", await Hosts.Refusal(services => Words(services).AddSpladeIndex("articles", o =>
        {
            Body(o);
            o.EncoderName = "code";
        })), StringComparison.Ordinal);

    private void Body(SpladeIndexOptions options) => (options.Directory, options.Sources) = (_folder.Root, ["body"]);

    private static IServiceCollection Words(IServiceCollection services) =>
        services.AddSplade(o => o.EncoderFactory = _ => new WordEncoder());
}
