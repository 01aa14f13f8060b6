using System.Text;

namespace SpladeLucene.Docs.Tests.Shell;

/// <summary>A line as a shell reads it: words with blanks between, quotation marks around those that have some themselves.</summary>
/// <param name="Words">The words.</param>
/// <param name="Target">The file that its output goes to; null for none.</param>
internal sealed record ShellLine(string[] Words, string? Target)
{
    /// <summary>The lines of a block; one that ends in a backslash goes on in the next. Comments are none.</summary>
    public static IEnumerable<ShellLine> Of(string block) =>
        from line in block.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        where !line.StartsWith('#')
        let words = Split(line).ToArray()
        let redirects = words.Length > 2 && words[^2] == ">"
        select new ShellLine(redirects ? words[..^2] : words, redirects ? words[^1] : null);

    public override string ToString() => string.Join(' ', Words);

    private static List<string> Split(string line)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        bool quoted = false, begun = false;
        foreach (char letter in line + " ")
        {
            if (letter == '"') (quoted, begun) = (!quoted, true);
            else if (letter != ' ' || quoted) word.Append(letter);
            else if (begun || word.Length > 0)
            {
                words.Add(word.ToString());
                word.Clear();
                begun = false;
            }
        }

        return words;
    }
}
