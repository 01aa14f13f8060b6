using Lucene.Net.Analysis;
using Lucene.Net.Index;
using Microsoft.Extensions.AI;

namespace SpladeLucene;

/// <summary>
/// A vector store as an application sets it, in code or in its configuration: <c>Splade:VectorStore</c>. Read once, when the store is
/// made: a change takes another store, or a restart.
/// </summary>
public sealed class SpladeVectorStoreOptions
{
    /// <summary>The section of the configuration that <c>AddSpladeVectorStore()</c> reads.</summary>
    public const string SectionName = $"{SpladeOptions.SectionName}:VectorStore";

    /// <summary>The folder whose folders are the collections; a relative one lies under the host's content root. Needed, unless
    /// they are <see cref="InMemory"/>. It is made when the first collection is.</summary>
    public string? Directory { get; set; }

    /// <summary>Whether collections live in memory and go with the store. Default: no.</summary>
    public bool InMemory { get; set; }

    /// <summary>The name that the encoder was registered with; for <c>AddSpladeVectorStore</c> alone. Default: null, for the
    /// default one.</summary>
    public string? EncoderName { get; set; }

    /// <summary>
    /// Makes the vectors of all properties whose collection and definition name no other generator: one of an encoder with a
    /// cache or telemetry around it, for instance; for <c>AddSpladeVectorStore</c> alone, which needs no encoder then. Default: null, for
    /// the generator that is registered, which is <c>AddSplade</c>'s. In code only.
    /// </summary>
    public IEmbeddingGenerator<string, SparseEmbedding>? EmbeddingGenerator { get; set; }

    /// <summary>
    /// Whether a write is committed before its task ends, so that it survives whatever happens to the process; writes at the same
    /// time share commits. Without, it is visible at once all the same, and committed by <see cref="SpladeVectorStore.CommitAsync"/>
    /// and when the store is disposed of. Default: yes.
    /// </summary>
    public bool CommitOnWrite { get; set; } = true;

    /// <inheritdoc cref="ImpactFormat.Encoding"/>
    public WeightEncoding Encoding { get; set; }

    /// <summary>
    /// The weight that the largest impact stands for, about: heavier terms of records count as that, lighter ones in steps of a 256th of
    /// it (<see cref="ImpactQuantizer.Range"/>); 1e-6 to 1e6. A collection is opened with the one that it was written with. Default: 5.
    /// </summary>
    public double QuantizerRange { get; set; } = ImpactQuantizer.DefaultRange;

    /// <summary>Whether activities carry the texts of queries. Default: no, as these may be personal.</summary>
    public bool TraceTexts { get; set; }

    /// <inheritdoc cref="SpladeIndexOptions.MeaningWeight"/>
    public double? MeaningWeight { get; set; }

    /// <summary>
    /// How much memory each collection's impacts may take up, in bytes, 0 or more. Default: null, they share a quarter of the
    /// process's memory with all searchers (<see cref="ImpactCache.Shared"/>).
    /// </summary>
    public long? ImpactBudgetInBytes { get; set; }

    /// <summary>
    /// The folder in whose folders, one a collection, impacts are kept as files that are mapped into memory
    /// (<see cref="ImpactCacheOptions.Folder"/>); a relative one lies under the host's content root. Default: null, impacts are on the
    /// heap.
    /// </summary>
    public string? ImpactFolder { get; set; }

    /// <inheritdoc cref="SpladeIndexOptions.AnalyzerFactory"/>
    public Func<Analyzer>? AnalyzerFactory { get; set; }

    /// <inheritdoc cref="SpladeIndexOptions.ConfigureWriter"/>
    public Action<IndexWriterConfig>? ConfigureWriter { get; set; }

    /// <summary>
    /// Changes how words and meaning become one ranking; called when the store is made. With
    /// <see cref="HybridOptions.WordsAloneOnFailure"/> a hybrid search whose query can't be encoded goes by its words alone. In code only.
    /// </summary>
    public Func<HybridOptions, HybridOptions>? ConfigureHybrid { get; set; }

    /// <summary>What is wrong with them, in one sentence; null for nothing.</summary>
    /// <param name="section">Where they stand in the configuration.</param>
    internal string? Problem(string section = SectionName)
    {
        if (InMemory == !string.IsNullOrWhiteSpace(Directory))
        {
            return InMemory ? $"The vector store has a directory and is in memory: leave one out of {section}."
                : $"The vector store has no place: set {section}:{nameof(Directory)} to a folder, or {nameof(InMemory)}.";
        }

        if (EncoderName is not null && EmbeddingGenerator is not null)
            return $"{section}:{nameof(EncoderName)} is set, and the vector store has an {nameof(EmbeddingGenerator)}: leave one out.";
        if (ImpactFolder is { } impacts && string.IsNullOrWhiteSpace(impacts))
            return $"{section}:{nameof(ImpactFolder)} is blank; leave it out to keep impacts on the heap.";

        if (!Enum.IsDefined(Encoding)) return $"{section}:{nameof(Encoding)} is no encoding.";
        if (!ImpactQuantizer.IsRange(QuantizerRange))
            return FormattableString.Invariant($"{section}:{nameof(QuantizerRange)} is {QuantizerRange}, and 1e-6 to 1e6 is expected.");
        if (MeaningWeight is { } share && !(share >= 0 && share <= 1))
            return FormattableString.Invariant($"{section}:{nameof(MeaningWeight)} is {share}, and 0 to 1 is expected.");
        if (ImpactBudgetInBytes < 0) return $"{section}:{nameof(ImpactBudgetInBytes)} is {ImpactBudgetInBytes}, and 0 or more is expected.";
        if (Fusion() is not { } fusion) return $"{nameof(ConfigureHybrid)} of {section} returned null.";
        return fusion.RankConstant is not null && MeaningWeight is not null
            ? $"{section}:{nameof(MeaningWeight)} is set, and reciprocal ranks have no weights; leave it or {nameof(fusion.RankConstant)} out." : null;
    }

    /// <summary>What <see cref="ConfigureHybrid"/> makes; null where it returns that.</summary>
    internal HybridOptions? Fusion() => ConfigureHybrid is { } change ? change(new HybridOptions()) : new HybridOptions();
}
