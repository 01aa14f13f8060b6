namespace SpladeLucene.Storage;

/// <summary>A store's settings as those of an index, as they were when the store was made.</summary>
internal sealed class StoreSettings
{
    public StoreSettings(SpladeVectorStoreOptions options)
    {
        HybridOptions hybrid = Hybrid = options.Fusion()!;
        (CommitOnWrite, TraceTexts) = (options.CommitOnWrite, options.TraceTexts);
        Format = new ImpactFormat { Encoding = options.Encoding };
        Index = new SpladeIndexOptions
        {
            Encoding = options.Encoding,
            MeaningWeight = options.MeaningWeight,
            ImpactBudgetInBytes = options.ImpactBudgetInBytes,
            Analyzer = options.Analyzer,
            ConfigureWriter = options.ConfigureWriter,
            Hybrid = _ => hybrid,
        };
    }

    public bool CommitOnWrite { get; }

    public bool TraceTexts { get; }

    public double? MeaningWeight => Index.MeaningWeight;

    public HybridOptions Hybrid { get; }

    public ImpactFormat Format { get; }

    /// <summary>What an index is opened with.</summary>
    public SpladeIndexOptions Index { get; }
}
