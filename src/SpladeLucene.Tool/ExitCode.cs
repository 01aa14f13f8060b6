namespace SpladeLucene.Tool;

/// <summary>What the process ends with.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>Something failed on the way.</summary>
    public const int Failed = 1;

    /// <summary>Bad usage or bad input: nothing was begun.</summary>
    public const int Refused = 2;

    /// <summary>Stopped from outside, as shells say it of Ctrl-C.</summary>
    public const int Stopped = 130;
}
