using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SpladeLucene.Hosting;
using SpladeLucene.Onnx;

namespace SpladeLucene.Encoders;

/// <summary>An encoder that was registered; the default one has the options' default name.</summary>
internal sealed record EncoderRegistration(string Name)
{
    /// <summary>What is beside the default encoder's settings and has options of its own.</summary>
    public static string[] Elsewhere { get; } = ["Encoders", "Indexes", "VectorStore", "VectorStores"];

    /// <summary>Where its settings stand in the configuration.</summary>
    public string Section => SectionOf(Name);

    public static string SectionOf(string? name) => string.IsNullOrEmpty(name)
        ? SpladeOptions.SectionName : $"{SpladeOptions.SectionName}:Encoders:{name}";

    public ISparseEncoder Resolve(IServiceProvider services) => Name == Options.DefaultName
        ? services.GetRequiredService<ISparseEncoder>() : services.GetRequiredKeyedService<ISparseEncoder>(Name);
}

/// <summary>Makes the encoders that options describe.</summary>
internal static class EncoderFactory
{
    /// <exception cref="OptionsValidationException">The settings are refused.</exception>
    /// <exception cref="ModelLoadException">The model's folder is.</exception>
    public static ISparseEncoder Create(IServiceProvider services, string name)
    {
        SpladeOptions options = services.GetRequiredService<IOptionsMonitor<SpladeOptions>>().Get(name);
        var clock = Stopwatch.StartNew();
        ISparseEncoder encoder = Create(services, name, options);
        string shown = name.Length == 0 ? "default" : name;
        Log.EncoderLoaded(Logger(services), shown, encoder.Fingerprint, clock.ElapsedMilliseconds);
        if (encoder is OnnxSparseEncoder { Advice: { } advice }) Log.EncoderIsHeavy(Logger(services), shown, advice);
        // Within the cache: what is remembered isn't encoded.
        var traced = new TracedEncoder(encoder);
        return options.QueryCacheCapacity == 0 ? traced : new QueryCache(traced, options.QueryCacheCapacity);
    }

    /// <summary>The folder that a path means, and all places where it was looked for.</summary>
    public static (string? Found, string[] LookedFor) Find(IServiceProvider services, string model)
    {
        string?[] roots = [services.GetService<IHostEnvironment>()?.ContentRootPath, AppContext.BaseDirectory];
        string[] places = [.. roots.OfType<string>().Select(root => Path.GetFullPath(model, Path.GetFullPath(root))).Distinct(StringComparer.Ordinal)];
        return (Array.Find(places, Directory.Exists), places);
    }

    private static ISparseEncoder Create(IServiceProvider services, string name, SpladeOptions options)
    {
        if (options.EncoderFactory is { } make)
        {
            return make(services) ?? throw new InvalidOperationException(
                $"{nameof(SpladeOptions)}.{nameof(options.EncoderFactory)} of {EncoderRegistration.SectionOf(name)} returned null.");
        }

        try
        {
            return OnnxSparseEncoder.Load(Find(services, options.Model!).Found!, OnnxSettings.Of(options));
        }
        catch (Exception problem) when (problem is InvalidOperationException or ArgumentException)
        {
            string reason = OptionsProblem.InOneLine(problem);
            throw new OptionsValidationException(
                name, typeof(SpladeOptions), [$"{EncoderRegistration.SectionOf(name)} doesn't fit its model: {reason}"]);
        }
    }

    private static ILogger Logger(IServiceProvider services) =>
        services.GetService<ILoggerFactory>()?.CreateLogger(Log.Category) ?? NullLogger.Instance;
}
