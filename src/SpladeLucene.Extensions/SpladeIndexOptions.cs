using Lucene.Net.Analysis;
using Lucene.Net.Index;
using Directory = Lucene.Net.Store.Directory;

namespace SpladeLucene;

/// <summary>
/// An index as an application sets it, in code or in its configuration: <c>Splade:Indexes:{name}</c>. Checked when the
/// application starts, as <see cref="SpladeOptions"/> are, and read once, when the index is opened: a change takes a restart.
/// </summary>
public sealed class SpladeIndexOptions
{
    /// <summary>The section of the configuration in which each index has one by its name.</summary>
    public const string SectionName = $"{SpladeOptions.SectionName}:Indexes";

    /// <summary>
    /// The folder of the index; a relative one lies under the host's content root. Needed, unless there is
    /// <see cref="DirectoryFactory"/>. It is made where it isn't there, unless it <see cref="MustExist"/>.
    /// </summary>
    public string? Directory { get; set; }

    /// <summary>Whether a directory without an index is an error at start, such as a volume that isn't mounted. Default: no,
    /// an index is begun there.</summary>
    public bool MustExist { get; set; }

    /// <summary>The name that the encoder was registered with. Default: null, for the default one.</summary>
    public string? EncoderName { get; set; }

    /// <summary>The fields whose texts are encoded, and whose words are searched; at least one.</summary>
    public IReadOnlyList<string> Sources { get; set; } = [];

    /// <summary>The field that tells documents apart. Default: <c>id</c>.</summary>
    public string KeyField { get; set; } = "id";

    /// <summary>
    /// Fields of JSON documents whose texts are matched as a whole and not by their words, such as categories, beside the key.
    /// Default: none.
    /// </summary>
    public IReadOnlyList<string> Keywords { get; set; } = [];

    /// <summary>The SPLADE field that is added to each document. Default: <c>splade</c>.</summary>
    public string Field { get; set; } = "splade";

    /// <inheritdoc cref="ImpactFormat.Encoding"/>
    public WeightEncoding Encoding { get; set; }

    /// <inheritdoc cref="ImpactFormat.Offsets"/>
    public bool Offsets { get; set; }

    /// <summary>The meaning's share of a hybrid search's scores, 0 to 1. Default: the model's, else 0.5.</summary>
    public double? MeaningWeight { get; set; }

    /// <summary>How many texts are encoded at a time, 1 or more. Default: 128.</summary>
    public int BatchSize { get; set; } = 128;

    /// <summary>
    /// How much of the heap this index's impacts may take up, in bytes, 0 or more. Default: null, it shares a quarter of the process's
    /// memory with all searchers (<see cref="ImpactCache.Shared"/>).
    /// </summary>
    public long? ImpactBudgetInBytes { get; set; }

    /// <summary>
    /// The folder in which this index's impacts are kept as files that are mapped into memory
    /// (<see cref="ImpactCacheOptions.Folder"/>); a relative one lies under the host's content root. The files are deleted some
    /// time after their segments. Default: null, impacts are on the heap.
    /// </summary>
    public string? ImpactFolder { get; set; }

    /// <summary>How often what was written becomes visible, 0 or more; 0 for only by
    /// <see cref="ISpladeIndex.RefreshAsync"/>. Default: a second.</summary>
    public TimeSpan RefreshInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How often what was written is committed, 0 or more; 0 for only by <see cref="ISpladeIndex.CommitAsync"/> and when the
    /// application stops. What isn't committed is lost when the process is killed. Default: 10 seconds.
    /// </summary>
    public TimeSpan CommitInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Whether a search goes on with the words alone where the encoder fails; <see cref="SpladeSearchResult.MeaningFailure"/>
    /// and the log say so. Default: no, the exception comes through.
    /// </summary>
    public bool WordsAloneOnFailure { get; set; }

    /// <summary>
    /// Whether a document whose text can't be encoded is written without a vector, so that only its words are found;
    /// <see cref="SpladeWriteResult.WithoutVector"/> and the log say so. Default: no, the exception comes through.
    /// </summary>
    public bool WithoutVectorOnFailure { get; set; }

    /// <summary>Whether activities carry the texts of queries. Default: no, as these may be personal.</summary>
    public bool TraceTexts { get; set; }

    /// <summary>Makes the analyzer of words, of documents and of queries. Default: Lucene's <c>StandardAnalyzer</c>. In code
    /// only.</summary>
    public Func<Analyzer>? AnalyzerFactory { get; set; }

    /// <summary>Opens another directory than one on the disk, in place of <see cref="Directory"/>; it is disposed of with the
    /// index. In code only.</summary>
    public Func<IServiceProvider, Directory>? DirectoryFactory { get; set; }

    /// <summary>Changes how the writer is set up: merges, memory, deletion of old commits. In code only.</summary>
    public Action<IndexWriterConfig>? ConfigureWriter { get; set; }

    /// <summary>Changes how words and meaning become one ranking. Its <see cref="HybridOptions.WordsAloneOnFailure"/> does what
    /// <see cref="WordsAloneOnFailure"/> does. In code only.</summary>
    public Func<HybridOptions, HybridOptions>? ConfigureHybrid { get; set; }

    /// <summary>The same, which later changes of these don't change.</summary>
    internal SpladeIndexOptions Copy()
    {
        var copy = (SpladeIndexOptions)MemberwiseClone();
        (copy.Sources, copy.Keywords) = ([.. Sources], [.. Keywords ?? []]);
        return copy;
    }
}
