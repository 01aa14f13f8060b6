using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SpladeLucene.Extensions.Tests.Support;

namespace SpladeLucene.Extensions.Tests.Encoders;

/// <summary>What is set wrongly ends the start, in one sentence that names the setting.</summary>
public sealed class RefusalTests
{
    private const string Tiny = "models/splade-tiny-en";

    [Fact]
    public async Task Start_NoModel_SaysWhereToSetIt()
    {
        Assert.Equal("There is no model: set Splade:Model to the folder that holds it.",
            await Hosts.Refusal(services => services.AddSplade()));
        Assert.Equal("There is no model: set Splade:Encoders:code:Model to the folder that holds it.",
            await Hosts.Refusal(services => services.AddSplade("code")));
    }

    [Theory]
    [InlineData("Splade:Modle", "x", "'Splade:Modle' is no setting; Splade has Model, ")]
    [InlineData("Splade:Windows:Size", "9", "'Splade:Windows:Size' is no setting; Splade:Windows has Tokens, Overlap, ")]
    [InlineData("Splade:EncoderFactory", "x", "'Splade:EncoderFactory' is no setting")]
    [InlineData("Splade:Encoders:cod:Model", "x",
        "'Splade:Encoders:cod' is set, and the application doesn't call AddSplade(\"cod\").")]
    [InlineData("Splade:Model", "models/none", "The folder of Splade:Model isn't there: ")]
    [InlineData("Splade:Model", ".", "expected ")]
    [InlineData("Splade:MaxTokens", "2", "Splade: MaxTokens is 2; expected 3 to 131072.")]
    [InlineData("Splade:MaxTokens", "2147483647", "Splade: MaxTokens is 2147483647; expected 3 to 131072.")]
    [InlineData("Splade:MaxTokens", "many", "Failed to convert configuration value 'many' at 'Splade:MaxTokens'")]
    [InlineData("Splade:Pruning:MinRatio", "NaN", "MinRatio is NaN; expected 0 to 1.")]
    [InlineData("Splade:QueryCacheCapacity", "-1", "Splade:QueryCacheCapacity is -1, and 0 or more is expected.")]
    [InlineData("Splade:Windows:Tokens", "500", "windows of 500 tokens were asked for, and the model sees 256")]
    [InlineData("Splade:Windows:Overlap", "40", "Splade doesn't fit its model: overlap is 40; expected 0 to 31.")]
    [InlineData("Splade:Windows:Merge", "7", "Windows:Merge is 7, and Max, WeightedMean, Saturated are known.")]
    [InlineData("Splade:Windows", "64", "'Splade:Windows' is '64', and a group of settings is expected.")]
    [InlineData("Splade:Windows:Merge", "Sum", "Failed to convert configuration value 'Sum' at 'Splade:Windows:Merge'")]
    public async Task Start_OneSettingIsWrong_SaysWhich(string key, string value, string expected)
    {
        (string Key, string Value)[] settings = key == "Splade:Model" ? [(key, value)] : [("Splade:Model", Tiny), (key, value)];

        Assert.Contains(expected, await Hosts.Refusal(services => services.AddSplade(), settings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_SettingsThatDontGoTogether_SaysSo()
    {
        Assert.Contains("set Windows:Merge to Saturated", await Hosts.Refusal(services => services.AddSplade(),
            ("Splade:Model", Tiny), ("Splade:Windows:Merge", "Max"), ("Splade:Windows:Saturation", "1")), StringComparison.Ordinal);
        Assert.Contains("a model and an encoder of its own", await Hosts.Refusal(services =>
            services.AddSplade(o => (o.Model, o.EncoderFactory) = (Tiny, _ => new WordEncoder()))), StringComparison.Ordinal);
        Assert.Contains("MaxTokens and an encoder of its own", await Hosts.Refusal(services =>
            services.AddSplade(o => (o.MaxTokens, o.EncoderFactory) = (64, _ => new WordEncoder()))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_SettingsOfTheDefaultEncoderAndNone_SaysSo() => Assert.Equal(
        "'Splade:Model' is set, and the application doesn't call AddSplade().",
        await Hosts.Refusal(services => services.AddSplade("code"), ("Splade:Model", Tiny), ("Splade:Encoders:code:Model", Tiny)));

    [Fact]
    public async Task Start_SectionOfTheCallersWithOthersBesideIt_IsNoMistake()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Mine:Model"] = Tiny, ["Mine:Indexes:articles:Directory"] = "x",
        }).Build();
        using IHost host = Hosts.Build(services => services.AddSplade(configuration.GetSection("Mine")));
        await host.StartAsync();
    }

    [Fact]
    public void Names_Blank_AreRefused() => Assert.Throws<ArgumentException>(() => new ServiceCollection().AddSplade(" "));

    [Theory]
    [InlineData("query")]
    [InlineData("code:query")]
    public void Names_ThatAreTheKeyOfAGeneratorOfQueries_AreRefused(string name)
    {
        var refused = Assert.Throws<ArgumentException>(() => new ServiceCollection().AddSplade(name));

        Assert.Contains($"'{name}'", refused.Message, StringComparison.Ordinal);
    }
}
