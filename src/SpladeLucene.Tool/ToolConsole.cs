namespace SpladeLucene.Tool;

/// <summary>Where a command writes: results to one side, progress and complaints to the other.</summary>
/// <param name="Out">Results.</param>
/// <param name="Error">Progress, complaints.</param>
/// <param name="OutWidth">Columns of the terminal that shows results; null where they go to a file or a pipe.</param>
/// <param name="ErrorWidth">The same of the other side.</param>
internal sealed record ToolConsole(TextWriter Out, TextWriter Error, int? OutWidth, int? ErrorWidth)
{
    private const int UsualWidth = 80;

    public static ToolConsole OfProcess() => new(
        Console.Out, Console.Error, WidthUnless(Console.IsOutputRedirected), WidthUnless(Console.IsErrorRedirected));

    private static int? WidthUnless(bool redirected)
    {
        if (redirected) return null;
        try
        {
            // Some terminals say that they have no columns.
            return Console.WindowWidth is > 0 and var width ? width : UsualWidth;
        }
        catch (IOException)
        {
            return UsualWidth;
        }
    }
}
