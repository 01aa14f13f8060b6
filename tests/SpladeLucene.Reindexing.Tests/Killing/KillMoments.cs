using SpladeLucene.Reindexing.Host;

namespace SpladeLucene.Reindexing.Tests;

/// <summary>
/// Chooses when to kill. Mostly after a random number of the encoder's calls or of files that came and went, so that all
/// parts of a migration are hit however fast the machine is; now and then after a random while.
/// </summary>
/// <param name="target">The target, whose files and whose working folder's files are looked at.</param>
/// <param name="log">Where the encoder writes its calls down.</param>
/// <param name="random">Chooses.</param>
internal sealed class KillMoments(string target, string log, Random random)
{
    private const int MostChanges = 60;
    private const int MostCalls = 20;

    private static readonly TimeSpan LongestWhile = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestAfterwards = TimeSpan.FromMilliseconds(4);

    private int Calls => RecordingEncoder.Read(log).Length;

    /// <param name="mostCalls">
    /// After how many calls of the encoder it is at the latest; default: that doesn't matter.
    /// </param>
    public Predicate<TimeSpan> Next(int mostCalls = int.MaxValue) => random.Next(10) switch
    {
        0 => AfterAWhile(),
        < 6 => AfterChanges(mostCalls),
        _ => AfterCalls(mostCalls == int.MaxValue ? MostCalls : mostCalls),
    };

    private Predicate<TimeSpan> AfterAWhile()
    {
        TimeSpan moment = LongestWhile * random.NextDouble();
        return elapsed => elapsed >= moment;
    }

    private Predicate<TimeSpan> AfterCalls(int mostCalls)
    {
        int left = random.Next(mostCalls);
        return SoonAfter(() => Calls > left);
    }

    private Predicate<TimeSpan> AfterChanges(int mostCalls)
    {
        int left = random.Next(MostChanges);
        string before = Names();
        return SoonAfter(() =>
        {
            string now = Names();
            if (now != before) left--;
            before = now;
            return left < 0 || Calls > mostCalls;
        });
    }

    private Predicate<TimeSpan> SoonAfter(Func<bool> hasHappened)
    {
        TimeSpan wait = LongestAfterwards * random.NextDouble();
        TimeSpan? moment = null;
        return elapsed =>
        {
            if (moment is null && hasHappened()) moment = elapsed + wait;
            return elapsed >= moment;
        };
    }

    // The names alone: files grow all the time.
    private string Names() =>
        string.Join('\n', new[] { target, target + ".upgrading" }.SelectMany(NamesIn).Order(StringComparer.Ordinal));

    private static IEnumerable<string> NamesIn(string folder)
    {
        try
        {
            return System.IO.Directory.Exists(folder)
                ? System.IO.Directory.GetFileSystemEntries(folder, "*", SearchOption.AllDirectories).Append(folder)
                : [];
        }
        catch (IOException)
        {
            // Something in it went away meanwhile; the next look will see it all.
            return [];
        }
    }
}
