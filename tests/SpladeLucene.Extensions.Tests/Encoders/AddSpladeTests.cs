using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SpladeLucene.Encoders;
using SpladeLucene.Extensions.Tests.Support;
using SpladeLucene.Models;
using SpladeLucene.Onnx;

namespace SpladeLucene.Extensions.Tests.Encoders;

public sealed class AddSpladeTests
{
    private const string Tiny = "models/splade-tiny-en";

    [Fact]
    public async Task AddSplade_ModelInTheConfiguration_IsLoadedWhenTheHostStarts()
    {
        var log = new LogLines();
        using IHost host = Hosts.Build(
            services => services.AddSplade().AddLogging(logging => logging.AddProvider(log)), ("Splade:Model", Tiny));
        await host.StartAsync();

        Assert.Contains(log.Lines, line => line.Id.Id == 1 && line.Text.Contains("splade-tiny-en", StringComparison.Ordinal));
        using OnnxSparseEncoder model = SpladeTinyEn.Load();
        var encoder = host.Services.GetRequiredService<ISparseEncoder>();
        Assert.Equal(model.Fingerprint, encoder.Fingerprint);
        Assert.Equal(model.Encode("a sick dog"), encoder.Encode("a sick dog"));
        Assert.IsType<QueryCache>(encoder);
    }

    [Fact]
    public void AddSplade_PartOfANestedSetting_KeepsTheModelsOthers()
    {
        using IHost host = Hosts.Build(services => services.AddSplade(), ("Splade:Model", Tiny),
            ("Splade:Windows:Tokens", "40"), ("Splade:Pruning:MaxTerms", "50"), ("Splade:Length:Norm", "12"),
            ("Splade:QueryCacheCapacity", "0"));
        using OnnxSparseEncoder model = SpladeTinyEn.Load();

        var encoder = (OnnxSparseEncoder)((TracedEncoder)host.Services.GetRequiredService<ISparseEncoder>()).Beneath;

        Assert.NotEqual(WindowMerge.Max, model.Fingerprint.Windows.Merge);
        Assert.Equal(new TextWindows(40, 0, model.Fingerprint.Windows.Merge), encoder.Fingerprint.Windows);
        Assert.Equal(model.Fingerprint.Pruning with { MaxTerms = 50 }, encoder.Fingerprint.Pruning);
        Assert.Equal(new LengthNormalization(model.Fingerprint.Length.Exponent, 12), encoder.Fingerprint.Length);
        Assert.Equal(model.QueryPruning, encoder.QueryPruning);
    }

    [Fact]
    public void AddSplade_EverySetting_ReachesTheEncoder()
    {
        using IHost host = Hosts.Build(services => services.AddSplade(), ("Splade:Model", Tiny), ("Splade:ModelFile", "model.onnx"),
            ("Splade:MaxTokens", "64"), ("Splade:MaxTextTokens", "128"), ("Splade:MaxQueryTokens", "16"),
            ("Splade:QueryExpansionWeight", "0.5"), ("Splade:QueryIdfExponent", "0.75"), ("Splade:FloorShare", "0.125"),
            ("Splade:QueryTermSaturation", "3"),
            ("Splade:FusionWeight", "0.25"), ("Splade:IntraOpThreads", "2"), ("Splade:BatchTokenBudget", "256"),
            ("Splade:Windows:Overlap", "3"), ("Splade:Windows:Saturation", "0.5"), ("Splade:QueryPruning:MinRatio", "0.2"),
            ("Splade:Length:Exponent", "0.5"), ("Splade:Windows:Merge", "saturated"), ("Splade:QueryCacheCapacity", "0"));
        var encoder = (OnnxSparseEncoder)((TracedEncoder)host.Services.GetRequiredService<ISparseEncoder>()).Beneath;

        Assert.Equal((64, 128), (encoder.Fingerprint.MaxTokens, encoder.Fingerprint.TextTokens));
        Assert.Equal((0.5f, 0.75f, 3f), (encoder.QueryExpansionWeight, encoder.QueryIdfExponent, encoder.QueryTermSaturation));
        Assert.Equal((0.125f, 0.25f), (encoder.FloorShare, encoder.FusionWeight));
        Assert.Equal(new TextWindows(34, 3, WindowMerge.Saturated(0.5f, 0.11f)), encoder.Fingerprint.Windows);
        Assert.Equal((0.2f, 0.5f), (encoder.QueryPruning.MinRatio, encoder.Fingerprint.Length.Exponent));
    }

    [Fact]
    public void AddSplade_Named_IsKeyedAndHasASectionOfItsOwn()
    {
        using IHost host = Hosts.Build(
            services => services.AddSplade(o => o.EncoderFactory = _ => new WordEncoder()).AddSplade("code"),
            ("Splade:Encoders:code:Model", Tiny), ("Splade:Encoders:code:MaxTokens", "48"));

        Assert.Equal("words", host.Services.GetRequiredService<ISparseEncoder>().Fingerprint.Name);
        Assert.Equal(48, host.Services.GetRequiredKeyedService<ISparseEncoder>("code").Fingerprint.MaxTokens);
    }

    [Fact]
    public void AddSplade_SectionOfTheCallersChoice_IsBound()
    {
        IConfiguration section = new ConfigurationBuilder().AddInMemoryCollection(
            [KeyValuePair.Create("Search:Model", (string?)Tiny), KeyValuePair.Create("Search:MaxTokens", (string?)"48")]).Build()
            .GetSection("Search");
        using ServiceProvider services = new ServiceCollection().AddSplade(section).AddSplade("other", section)
            .BuildServiceProvider();

        Assert.Equal(48, services.GetRequiredService<ISparseEncoder>().Fingerprint.MaxTokens);
        Assert.Equal(48, services.GetRequiredKeyedService<ISparseEncoder>("other").Fingerprint.MaxTokens);
    }

    [Fact]
    public void AddSplade_Twice_AddsUp()
    {
        using ServiceProvider services = new ServiceCollection().AddSplade(o => (o.Model, o.MaxTokens) = (Tiny, 64))
            .AddSplade(o => o.MaxTokens = 96).BuildServiceProvider();

        Assert.Equal(96, Assert.Single(services.GetServices<ISparseEncoder>()).Fingerprint.MaxTokens);
    }

    [Fact]
    public void Container_Disposed_DisposesTheEncoder()
    {
        ServiceProvider services = new ServiceCollection().AddSplade(o => o.Model = Tiny).BuildServiceProvider();
        var encoder = services.GetRequiredService<ISparseEncoder>();

        services.Dispose();

        Assert.Throws<ObjectDisposedException>(() => encoder.Encode("dog"));
    }
}
