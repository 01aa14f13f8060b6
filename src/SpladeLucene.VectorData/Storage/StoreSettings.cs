namespace SpladeLucene.Storage;

/// <summary>A store's settings as those of an index.</summary>
internal sealed class StoreSettings(SpladeVectorStoreOptions options)
{
    public bool CommitOnWrite => options.CommitOnWrite;

    public double? MeaningWeight => options.MeaningWeight;

    public ImpactFormat Format { get; } = new() { Encoding = options.Encoding };

    public SpladeIndexOptions ToIndexOptions() => new()
    {
        Encoding = options.Encoding,
        MeaningWeight = options.MeaningWeight,
        ImpactBudgetInBytes = options.ImpactBudgetInBytes,
        Analyzer = options.Analyzer,
        ConfigureWriter = options.ConfigureWriter,
        Hybrid = options.Hybrid,
    };
}
