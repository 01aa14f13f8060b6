using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace SpladeLucene.Storage;

/// <summary>A store's settings as those of an index, as they were when the store was made.</summary>
internal sealed class StoreSettings
{
    private readonly string? _impacts;

    public StoreSettings(SpladeVectorStoreOptions options, string basePath, ILogger? logger)
    {
        Logger = logger ?? NullLogger.Instance;
        HybridOptions hybrid = Hybrid = options.Fusion()!;
        (CommitOnWrite, TraceTexts) = (options.CommitOnWrite, options.TraceTexts);
        _impacts = options.ImpactFolder is { } folder ? Path.GetFullPath(folder, Path.GetFullPath(basePath)) : null;
        Format = new ImpactFormat { Encoding = options.Encoding, Quantizer = new ImpactQuantizer(options.QuantizerRange) };
        Index = new SpladeIndexOptions
        {
            Encoding = options.Encoding,
            MeaningWeight = options.MeaningWeight,
            ImpactBudgetInBytes = options.ImpactBudgetInBytes,
            AnalyzerFactory = options.AnalyzerFactory,
            ConfigureWriter = options.ConfigureWriter,
            ConfigureHybrid = _ => hybrid,
        };
    }

    public ILogger Logger { get; }

    public bool CommitOnWrite { get; }

    public bool TraceTexts { get; }

    public double? MeaningWeight => Index.MeaningWeight;

    public HybridOptions Hybrid { get; }

    public ImpactFormat Format { get; }

    /// <summary>The folder of a collection's impacts; null for the heap.</summary>
    public string? ImpactsOf(string collection) => _impacts is null ? null : Path.Combine(_impacts, collection);

    /// <summary>What an index is opened with.</summary>
    public SpladeIndexOptions Index { get; }
}
