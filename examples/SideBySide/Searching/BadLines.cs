using SpladeLucene.Evaluation;

namespace SideBySide;

/// <summary>Counts malformed lines where they are to be skipped; otherwise the first one ends the run.</summary>
internal sealed class BadLines(bool skip)
{
    // A file that is read twice shows a bad line twice.
    private readonly HashSet<string> _seen = [];

    public Action<MalformedLineException>? Handler => skip ? Count : null;

    public void Report()
    {
        if (_seen.Count == 0) return;
        Console.Error.WriteLine(_seen.Count == 1
            ? "1 malformed line was left out."
            : $"{_seen.Count} malformed lines were left out.");
    }

    private void Count(MalformedLineException line)
    {
        if (_seen.Add(line.Message)) Console.Error.WriteLine(line.Message);
    }
}
