using System.Globalization;

namespace SpladeLucene.Onnx.Tokenization;

/// <summary>
/// Reads the embedded tables that <c>derive.mjs</c> makes: sections in brackets, and in them <c>FIRST</c>,
/// <c>FIRST-LAST</c> or <c>FIRST-LAST/STEP</c>, alone or with what the characters become: <c>=A,B</c> all of them the
/// same, <c>&gt;A</c> the first A and the others moved along with it.
/// </summary>
internal static class CharacterFile
{
    /// <summary>Each character of each section, with the code points that it becomes, if any.</summary>
    public static IEnumerable<(string Section, int Code, int[] Target)> Read(string name)
    {
        using Stream resource = typeof(CharacterFile).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(resource);
        string section = "";
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('['))
            {
                section = line.Trim('[', ']');
                continue;
            }

            foreach (string entry in line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                foreach ((int code, int[] target) in Expand(entry)) yield return (section, code, target);
            }
        }
    }

    private static IEnumerable<(int Code, int[] Target)> Expand(string entry)
    {
        int sign = entry.AsSpan().IndexOfAny('=', '>');
        string[] range = (sign < 0 ? entry : entry[..sign]).Split('-', '/');
        int first = Hex(range[0]), last = range.Length > 1 ? Hex(range[1]) : first;
        int step = range.Length > 2 ? Hex(range[2]) : 1;
        int[] target = sign < 0 ? [] : [.. entry[(sign + 1)..].Split(',').Select(Hex)];
        for (int code = first; code <= last; code += step)
            yield return (code, sign >= 0 && entry[sign] == '>' ? [target[0] + code - first] : target);
    }

    private static int Hex(string digits) => int.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
