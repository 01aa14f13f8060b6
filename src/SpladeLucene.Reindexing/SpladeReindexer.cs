using SpladeLucene.Reindexing.Planning;
using SpladeLucene.Reindexing.Running;

namespace SpladeLucene.Reindexing;

/// <summary>
/// Adds SPLADE fields to an index that exists, losing nothing: postings, norms, positions, offsets, payloads, doc values,
/// term vectors and stored fields are merged, not made again; deleted documents stay behind. The source is only read and
/// may be in use. The target appears when it is complete. A run that was ended in any way is resumed by running again, and
/// encodes nothing twice beyond its last batches. A run on a target that is complete brings over what has changed in the
/// source since. Thread-safe; the encoder stays the caller's.
/// </summary>
public sealed class SpladeReindexer
{
    private readonly ISparseEncoder _encoder;
    private readonly ReindexOptions _options;

    /// <summary>Makes a reindexer.</summary>
    /// <param name="encoder">Makes the vectors.</param>
    /// <param name="options">Default: payloads, no offsets, documents without text refused.</param>
    public SpladeReindexer(ISparseEncoder encoder, ReindexOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        _encoder = encoder;
        _options = options ?? new ReindexOptions();
    }

    /// <summary>
    /// Says what <see cref="RunAsync"/> will do, after reading the stored fields of all documents and encoding a sample of
    /// the texts. Writes nothing anywhere.
    /// </summary>
    /// <param name="source">The folder of the source index.</param>
    /// <param name="target">
    /// The folder of the target index: not there, empty, or made by an earlier run with the same model, mappings and
    /// options. Not in the source's, nor the other way round, nor where a disk is mounted.
    /// </param>
    /// <param name="fields">What is encoded into what; at least one, no target field twice.</param>
    /// <param name="progress">Told of the documents read, a few times a second, from any thread.</param>
    /// <param name="cancellationToken">Ends the work between two documents.</param>
    /// <returns>The plan; what forbids the run is in its <see cref="ReindexPlan.Problems"/>.</returns>
    /// <exception cref="ArgumentException">There is no mapping, or two have one target field.</exception>
    public Task<ReindexPlan> PlanAsync(
        string source,
        string target,
        IReadOnlyList<ReindexMapping> fields,
        IProgress<SpladeProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(source);
        ArgumentException.ThrowIfNullOrWhiteSpace(target);
        ArgumentNullException.ThrowIfNull(fields);
        ReindexMapping[] mappings = [.. fields];
        if (mappings.Length == 0) throw new ArgumentException("No field is to be added.", nameof(fields));
        string[] added = [.. mappings.SelectMany(mapping => new[] { mapping.TargetField, mapping.HashField })];
        if (added.Distinct(StringComparer.Ordinal).Count() < added.Length)
            throw new ArgumentException("A field is to be added twice.", nameof(fields));
        var planner = new ReindexPlanner(_encoder, _options, progress, cancellationToken);
        return Task.Run(() => planner.PlanAsync(source, target, mappings), cancellationToken);
    }

    /// <summary>Carries a plan out. The source is read as it is when the run begins, also where it changed since the plan
    /// was made.</summary>
    /// <param name="plan">A plan of this reindexer, or of one with the same encoder and options.</param>
    /// <param name="progress">Told a few times a second, from any thread.</param>
    /// <param name="cancellationToken">
    /// Ends the work between two batches, or two terms of a merge; running again resumes it.
    /// </param>
    /// <exception cref="ReindexRefusedException">
    /// The plan has problems, or one came up since; or another process works on this migration.
    /// </exception>
    /// <exception cref="ReindexDocumentException">A document can't be read or encoded, or its text is missing.</exception>
    /// <exception cref="InvalidOperationException">
    /// The encoder gave up without being asked to, or broke its contract.
    /// </exception>
    /// <exception cref="InvalidDataException">The folder of an interrupted run was changed by others; delete it.</exception>
    /// <exception cref="IOException">A file can't be read or written, such as on a full disk, or memory ran out in a merge.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<ReindexResult> RunAsync(
        ReindexPlan plan, IProgress<ReindexProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var run = new ReindexRun(plan, _encoder, _options, progress, cancellationToken);
        return Task.Run(run.RunAsync, cancellationToken);
    }
}
