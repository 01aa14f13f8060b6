using Lucene.Net.Analysis;

namespace SpladeLucene;

/// <summary>
/// What an index of shards and replicas is made of: the same on every silo and in every client. Which silo holds what follows from
/// it: replica <c>r</c> of shard <c>s</c> lies on silo <c>s + r</c> of <see cref="Silos"/>, counted round. The number of shards and
/// the silos on which they lie are fixed when the first document is written: a silo that finds in its folder that they were others
/// doesn't start. Immutable and thread-safe.
/// </summary>
/// <example><code>
/// var options = new SpladeClusterOptions { Silos = ["a", "b", "c"], Shards = 3, Replicas = 2 };
/// </code></example>
public sealed record SpladeClusterOptions
{
    /// <summary>The stored field that holds a document's key in each shard's index.</summary>
    public const string KeyField = "key";

    /// <summary>The field that holds the words, where there are any.</summary>
    internal const string WordsField = "words";

    /// <summary>The index's name, which its folders carry: letters, digits, <c>-</c> and <c>_</c>. Default: <c>splade</c>.</summary>
    /// <exception cref="ArgumentException">It is empty or has another character.</exception>
    public string Name
    {
        get;
        init => field = value is { Length: > 0 } && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
            ? value
            : throw new ArgumentException($"'{value}' names no index: letters, digits, '-' and '_' do.", nameof(value));
    } = "splade";

    /// <summary>The names of the silos that hold the index, as <c>SiloOptions.SiloName</c> says them. A silo that comes back under
    /// its name has its folder; one that replaces it begins with an empty folder.</summary>
    /// <exception cref="ArgumentException">A name is empty or there twice.</exception>
    public IReadOnlyList<string> Silos
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            if (value.Any(string.IsNullOrWhiteSpace) || value.Distinct(StringComparer.Ordinal).Count() < value.Count)
                throw new ArgumentException("Each silo needs a name, and a name of its own.", nameof(value));
            field = [.. value];
        }
    } = [];

    /// <summary>Into how many parts the documents are split by their keys, 1 to 1,024. Default: 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is out of range.</exception>
    public int Shards
    {
        get;
        init => field = value is >= 1 and <= 1024
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "An index has 1 to 1,024 shards.");
    } = 1;

    /// <summary>On how many silos each shard lies, 1 to the number of silos; never fewer than when documents were written. Default: 1, a
    /// shard is missing while its silo is.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive.</exception>
    public int Replicas
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            field = value;
        }
    } = 1;

    /// <summary>The field that holds the documents' impacts. Default: <c>splade</c>.</summary>
    /// <exception cref="ArgumentException">It is empty or <see cref="KeyField"/>.</exception>
    public string Field
    {
        get;
        init => field = value is { Length: > 0 } and not KeyField
            ? value
            : throw new ArgumentException($"'{value}' can't be the field of the impacts.", nameof(value));
    } = "splade";

    /// <summary>
    /// The field of another model's impacts, while documents get these too. Each document is encoded by both models then, that of this
    /// field being the <see cref="ISparseEncoder"/> that is registered as a keyed service by this name, and searches go by the other one
    /// until every live document has both (<see cref="ISpladeCluster.GetModelChangeAsync"/>): after each document was written again. It
    /// counts where <see cref="ISpladeCluster"/> is called; a silo that is told warms the field. Then <see cref="Field"/> takes its
    /// place; the old impacts go when their documents are written again. Default: null, no change of models.
    /// </summary>
    /// <exception cref="ArgumentException">It is empty or <see cref="KeyField"/>.</exception>
    public string? NextField
    {
        get;
        init => field = value is null or ({ Length: > 0 } and not KeyField)
            ? value
            : throw new ArgumentException($"'{value}' can't be a field of impacts.", nameof(value));
    }

    /// <summary>How impacts are written. Default: <see cref="ImpactFormat.Default"/>; offsets don't travel.</summary>
    /// <exception cref="ArgumentException">Offsets are asked for.</exception>
    public ImpactFormat Format
    {
        get;
        init => field = value is { Offsets: false }
            ? value
            : throw new ArgumentException("The spans of a vector don't travel; choose a format without offsets.", nameof(value));
    } = ImpactFormat.Default;

    /// <summary>
    /// Makes the analyzer of words, so that documents are found by words too (<see cref="ClusterSearchRequest.Hybrid"/>). It runs
    /// once where <see cref="ISpladeCluster"/> is called, for documents and queries, and the words travel as vectors do; silos only
    /// see that there is one, and refuse a document that comes without words. Fixed when the first document is written. Default: null, no words.
    /// </summary>
    public Func<Analyzer>? AnalyzerFactory { get; init; }

    /// <summary>How often what was written becomes visible on a replica. Default: a second.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive.</exception>
    public TimeSpan RefreshInterval
    {
        get;
        init => field = Positive(value);
    } = TimeSpan.FromSeconds(1);

    /// <summary>How often a replica commits what was written, so that less of its log is replayed. Default: 30 seconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive.</exception>
    public TimeSpan CommitInterval
    {
        get;
        init => field = Positive(value);
    } = TimeSpan.FromSeconds(30);

    /// <summary>How much of its log a replica keeps after a commit, in bytes, 0 or more: one that was away for longer copies the files of
    /// a commit instead. Default: 64 MiB.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public long LogBytesKept
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    } = 64 << 20;

    /// <summary>How long a write waits for all live replicas before it fails. Default: 30 seconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive.</exception>
    public TimeSpan WriteTimeout
    {
        get;
        init => field = Positive(value);
    } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Whether a shard starts where all its replicas have come back but some with an empty folder or a damaged log: what only those
    /// had is lost then. Default: no, it waits for a replica that is sure to have all that was acknowledged.
    /// </summary>
    public bool AcceptEmptyReplicas { get; init; }

    /// <summary>The fields of impacts that searches may go by.</summary>
    internal string[] Fields => NextField is { } next ? [Field, next] : [Field];

    /// <summary>Whether documents have words.</summary>
    internal bool HasWords => AnalyzerFactory is not null;

    /// <summary>The name of the silo that holds a replica.</summary>
    internal string SiloOf(int shard, int replica) => Silos[(shard + replica) % Silos.Count];

    /// <summary>Refuses what doesn't fit together.</summary>
    /// <exception cref="ArgumentException">There are no silos, or fewer than replicas; or two fields have one name.</exception>
    internal void Check(string parameter)
    {
        if (Silos.Count == 0) throw new ArgumentException($"The index '{Name}' needs the names of its silos.", parameter);
        if (NextField == Field) throw new ArgumentException($"'{Field}' can't hold the impacts of two models.", parameter);
        if (HasWords && (Field == WordsField || NextField == WordsField))
            throw new ArgumentException($"'{WordsField}' holds the words; give the impacts another field.", parameter);
        if (Replicas > Silos.Count)
        {
            throw new ArgumentException(
                $"{Replicas} replicas of the index '{Name}' need as many silos; {Silos.Count} are named.", parameter);
        }
    }

    private static TimeSpan Positive(TimeSpan value) => value > TimeSpan.Zero
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value, "A time is positive.");
}
