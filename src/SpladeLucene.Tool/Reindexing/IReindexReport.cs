using SpladeLucene.Reindexing;

namespace SpladeLucene.Tool.Reindexing;

/// <summary>What a run tells, in its order: looking, how far it has looked, the plan, progress, and one of the ends.</summary>
internal interface IReindexReport : IProgress<ReindexProgress>
{
    void Looking();

    /// <summary>So many documents of the source are read. Called from any thread.</summary>
    void Looked(SpladeProgress value);

    /// <param name="plan">The plan.</param>
    /// <param name="model">What would encode.</param>
    /// <param name="problems">Why it is refused; none where it isn't. Nothing more is told then.</param>
    void Plan(ReindexPlan plan, ModelFingerprint model, IReadOnlyList<string> problems);

    void Result(ReindexPlan plan, ReindexResult result);

    void Refused(IReadOnlyList<string> problems);

    /// <summary>Something failed, or it was stopped, after the run had begun or, where the plan is null, before.</summary>
    void Ended(string reason, bool stopped, ReindexPlan? plan);
}
