using SpladeLucene.Reindexing;

namespace SpladeLucene.Tool.Reindexing;

/// <summary>What a run tells, in its order: looking, how far it has looked, the plan, progress, and one of the ends.</summary>
internal interface IReindexReport : IProgress<UpgradeProgress>
{
    void Looking();

    /// <summary>So many documents of the source are read. Called from any thread.</summary>
    void Looked(WorkProgress value);

    void Plan(UpgradePlan plan, ModelFingerprint model);

    void Result(UpgradePlan plan, UpgradeResult result);

    void Refused(IReadOnlyList<string> problems);

    /// <summary>Something failed, or it was stopped, after the run had begun or, where the plan is null, before.</summary>
    void Ended(string reason, bool stopped, UpgradePlan? plan);
}
