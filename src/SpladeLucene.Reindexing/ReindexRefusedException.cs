namespace SpladeLucene.Reindexing;

/// <summary>A migration isn't begun, because of what was found in its source, its target or its working folder.</summary>
public sealed class ReindexRefusedException : InvalidOperationException
{
    /// <summary>Makes an exception of sentences.</summary>
    /// <param name="problems">Each a sentence that names the input; at least one.</param>
    public ReindexRefusedException(IReadOnlyList<string> problems)
        : base(string.Join(" ", problems ?? throw new ArgumentNullException(nameof(problems)))) => Problems = problems;

    /// <summary>What was found, each a sentence.</summary>
    public IReadOnlyList<string> Problems { get; }

    internal static void ThrowIfAny(IEnumerable<string> problems)
    {
        string[] found = [.. problems];
        if (found.Length > 0) throw new ReindexRefusedException(found);
    }
}
