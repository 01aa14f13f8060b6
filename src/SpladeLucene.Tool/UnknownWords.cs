using System.CommandLine;

namespace SpladeLucene.Tool;

/// <summary>Commands and options that there aren't, each with the one that was probably meant.</summary>
internal static class UnknownWords
{
    /// <summary>A sentence for each; none where all are known.</summary>
    public static IReadOnlyList<string> In(Command root, IReadOnlyList<string> args)
    {
        if (args.Count == 0) return ["No command was given."];
        Command? command = root.Subcommands.FirstOrDefault(one => one.Name == args[0]);
        string[] global = [.. root.Options.SelectMany(NamesOf)];
        if (command is null)
        {
            if (global.Contains(NameIn(args[0]), StringComparer.Ordinal)) return [];
            return [Complaint("command or option", args[0], [.. root.Subcommands.Select(one => one.Name), .. global])];
        }

        string[] known = [.. command.Options.SelectMany(NamesOf), .. global];
        return [.. args.Skip(1).TakeWhile(word => word != "--").Where(word => word.Length > 1 && word[0] == '-')
            .Select(NameIn).Where(name => !known.Contains(name, StringComparer.Ordinal))
            .Select(name => Complaint("option", name, known))];
    }

    private static IEnumerable<string> NamesOf(Option option) => [option.Name, .. option.Aliases];

    // --from=body and --from:body name the option as much as --from body does.
    private static string NameIn(string word) => word.Split('=', ':')[0];

    private static string Complaint(string kind, string word, string[] known)
    {
        string nearest = known.MinBy(name => Distance(word, name))!;
        // Beyond a third of the word nothing is left that they have in common.
        bool near = Distance(word, nearest) <= Math.Max(2, word.Length / 3);
        return $"There is no {kind} '{word}'" + (near ? $"; did you mean '{nearest}'?" : ".");
    }

    /// <summary>The edit distance of Levenshtein: letters added, left out or replaced.</summary>
    private static int Distance(string left, string right)
    {
        int[] row = [.. Enumerable.Range(0, right.Length + 1)];
        for (int i = 1; i <= left.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                int replaced = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
