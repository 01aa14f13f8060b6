using System.Runtime.ExceptionServices;

namespace SpladeLucene.Storage;

/// <summary>Does everything of several, although one fails.</summary>
internal static class Attempts
{
    /// <summary>Does all, and throws what the first threw that failed.</summary>
    public static void All(IEnumerable<Action> actions)
    {
        ExceptionDispatchInfo? first = null;
        foreach (Action action in actions)
        {
            try
            {
                action();
            }
            catch (Exception problem)
            {
                first ??= ExceptionDispatchInfo.Capture(problem);
            }
        }

        first?.Throw();
    }
}
