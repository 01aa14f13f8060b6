using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SpladeLucene.Extensions.Tests.Support;

/// <summary>Hosts with nothing in them but what a test registers.</summary>
internal static class Hosts
{
    public static IHost Build(Action<IServiceCollection> register, params (string Key, string Value)[] settings)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(
            settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        register(builder.Services);
        return builder.Build();
    }

    /// <summary>What a host says that doesn't start, which is one sentence.</summary>
    public static async Task<string> Refusal(Action<IServiceCollection> register, params (string Key, string Value)[] settings)
    {
        using IHost host = Build(register, settings);
        Exception? refused = await Record.ExceptionAsync(() => host.StartAsync());
        Assert.NotNull(refused);
        Assert.DoesNotContain('\n', refused.Message);
        Assert.DoesNotMatch(@"[.!?] \p{Lu}", refused.Message);
        return refused.Message;
    }

    public static void AddTo(this LogLines log, IServiceCollection services) => services.AddLogging(
        logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log));
}
