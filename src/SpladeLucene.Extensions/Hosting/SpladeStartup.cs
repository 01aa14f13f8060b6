using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using SpladeLucene.Encoders;
using SpladeLucene.Indexes;

namespace SpladeLucene.Hosting;

/// <summary>Loads every encoder and opens every index before anything else of the application starts, so that a wrong one
/// ends it there.</summary>
internal sealed class SpladeStartup(
    IServiceProvider services, IEnumerable<EncoderRegistration> encoders, IEnumerable<IndexRegistration> indexes,
    IEnumerable<StoreRegistration> stores)
    : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        RequireRegistered("Encoders", encoders.Select(encoder => encoder.Name), "AddSplade");
        RequireDefault();
        RequireRegistered("Indexes", indexes.Select(index => index.Name), "AddSpladeIndex");
        RequireStore();
        RequireRegistered("VectorStores", stores.Select(store => store.Name), "AddKeyedSpladeVectorStore");
        foreach (EncoderRegistration encoder in encoders)
        {
            cancellationToken.ThrowIfCancellationRequested();
            encoder.Resolve(services);
        }

        foreach (IndexRegistration index in indexes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            index.Resolve(services);
        }

        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void RequireDefault()
    {
        if (encoders.Any(encoder => encoder.Name == Options.DefaultName)) return;
        IConfigurationSection? set = services.GetService<IConfiguration>()?.GetSection(SpladeOptions.SectionName).GetChildren()
            .FirstOrDefault(child => !EncoderRegistration.Elsewhere.Contains(child.Key, StringComparer.OrdinalIgnoreCase));
        if (set is not null) throw new InvalidOperationException($"'{set.Path}' is set, and the application doesn't call AddSplade().");
    }

    private void RequireStore()
    {
        string section = StoreRegistration.SectionOf(Options.DefaultName);
        if (stores.Any(store => store.Name == Options.DefaultName)) return;
        if (services.GetService<IConfiguration>()?.GetSection(section).Exists() == true)
            throw new InvalidOperationException($"'{section}' is set, and the application doesn't call AddSpladeVectorStore().");
    }

    private void RequireRegistered(string kind, IEnumerable<string> names, string method)
    {
        IConfigurationSection? section = services.GetService<IConfiguration>()?.GetSection($"{SpladeOptions.SectionName}:{kind}");
        foreach (IConfigurationSection set in section?.GetChildren() ?? [])
        {
            if (!names.Contains(set.Key, StringComparer.OrdinalIgnoreCase))
                throw new InvalidOperationException($"'{set.Path}' is set, and the application doesn't call {method}(\"{set.Key}\").");
        }
    }
}
