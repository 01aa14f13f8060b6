using System.Runtime.ExceptionServices;

namespace SpladeLucene.Impacts;

/// <summary>Runs loops of <see cref="Parallel"/> so that they fail as plain ones do.</summary>
internal static class ParallelLoop
{
    /// <exception cref="Exception">The first that the loop met, as one step after the other would have thrown it.</exception>
    public static void Run(Action loop)
    {
        try
        {
            loop();
        }
        catch (AggregateException problems)
        {
            ExceptionDispatchInfo.Capture(problems.InnerExceptions[0]).Throw();
        }
    }
}
