namespace SpladeLucene.Reindexing.Tests.Killing;

/// <summary>
/// Chooses when to kill: half of the times after a random while, so that encoding is hit, half after a random number of
/// files came and went, so that the short steps between are hit too.
/// </summary>
internal sealed class KillMoments(string target, TimeSpan longest, Random random)
{
    private const int MostChanges = 30;

    private static readonly TimeSpan LongestAfterChange = TimeSpan.FromMilliseconds(5);

    public Predicate<TimeSpan> Next() => random.Next(2) == 0 ? AfterTime() : AfterChanges();

    private Predicate<TimeSpan> AfterTime()
    {
        TimeSpan moment = longest * random.NextDouble();
        return elapsed => elapsed >= moment;
    }

    private Predicate<TimeSpan> AfterChanges()
    {
        int left = random.Next(MostChanges);
        TimeSpan wait = LongestAfterChange * random.NextDouble();
        TimeSpan? moment = null;
        string before = Names();
        return elapsed =>
        {
            string now = Names();
            if (now != before && --left < 0) moment ??= elapsed + wait;
            before = now;
            return elapsed >= (moment ?? longest);
        };
    }

    // The names alone: files grow all the time.
    private string Names() => string.Join('\n', new[] { target, target + ".upgrading" }.SelectMany(NamesIn).Order(StringComparer.Ordinal));

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
