namespace SpladeLucene.Evaluation;

/// <summary>What a run is worth, query by query. Immutable, thread-safe.</summary>
public sealed class RunEvaluation
{
    private readonly Dictionary<Measure, double[]> _values;

    private RunEvaluation(IReadOnlyList<string> queries, int missing, Dictionary<Measure, double[]> values)
    {
        Queries = queries;
        Missing = missing;
        _values = values;
    }

    /// <summary>The queries that are averaged over, in the order of the judgements.</summary>
    public IReadOnlyList<string> Queries { get; }

    /// <summary>How many judged queries the run has no document for.</summary>
    public int Missing { get; }

    /// <summary>Evaluates a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="qrels">The judgements.</param>
    /// <param name="measures">By what; none twice.</param>
    /// <param name="complete">
    /// Whether judged queries that the run lacks are averaged over as 0 (trec_eval's <c>-c</c>); else, as trec_eval does
    /// unless told, they are left out.
    /// </param>
    public static RunEvaluation Of(TrecRun run, Qrels qrels, IReadOnlyList<Measure> measures, bool complete = false)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(qrels);
        ArgumentNullException.ThrowIfNull(measures);
        string[] queries = [.. qrels.Judged.Where(query => complete || run.Of(query).Count > 0)];
        return new RunEvaluation(queries, qrels.Judged.Count(query => run.Of(query).Count == 0), measures.ToDictionary(
            measure => measure, measure => Array.ConvertAll(queries, query => measure.Of(run.Of(query), qrels.Of(query)))));
    }

    /// <summary>A value for each of <see cref="Queries"/>, in their order.</summary>
    /// <exception cref="KeyNotFoundException">The run was not evaluated by that measure.</exception>
    public IReadOnlyList<double> Of(Measure measure) => _values[measure];

    /// <summary>The mean over <see cref="Queries"/>; 0 where there are none.</summary>
    /// <inheritdoc cref="Of(Measure)" path="/exception"/>
    public double Mean(Measure measure) => Queries.Count == 0 ? 0 : _values[measure].Average();
}
