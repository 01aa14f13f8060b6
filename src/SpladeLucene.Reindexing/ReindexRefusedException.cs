namespace SpladeLucene.Reindexing;

/// <summary>A migration isn't begun, because of what was found in its source, its target or its working folder.</summary>
public sealed class ReindexRefusedException : InvalidOperationException
{
    /// <summary>Makes an exception of problems, whose sentences become its message.</summary>
    /// <param name="problems">At least one.</param>
    public ReindexRefusedException(IReadOnlyList<ReindexProblem> problems)
        : base(string.Join(" ", problems ?? throw new ArgumentNullException(nameof(problems)))) => Problems = problems;

    internal ReindexRefusedException(ReindexProblemKind kind, string text)
        : this([new ReindexProblem(kind, text)])
    {
    }

    /// <summary>What was found.</summary>
    public IReadOnlyList<ReindexProblem> Problems { get; }

    internal static void ThrowIfAny(IEnumerable<ReindexProblem> problems)
    {
        ReindexProblem[] found = [.. problems];
        if (found.Length > 0) throw new ReindexRefusedException(found);
    }
}
