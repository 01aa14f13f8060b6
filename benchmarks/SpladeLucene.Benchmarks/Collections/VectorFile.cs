using System.Diagnostics;
using System.Globalization;
using System.Text;
using SpladeLucene.Benchmarks.Engines;
using SpladeLucene.Evaluation;

namespace SpladeLucene.Benchmarks.Collections;

/// <summary>
/// Vectors a line: test collection TAB id TAB term:weight term:weight ... A file that ends in .xz is read through the
/// program xz.
/// </summary>
internal static class VectorFile
{
    /// <summary>The test collection whose vectors are queries; no document is made of nothing else.</summary>
    public const string QuerySource = "msmarco-passage.dev-subset";

    // Wrong bytes must not turn into replacement characters in silence.
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private const int MostTerms = ushort.MaxValue;

    /// <exception cref="MalformedLineException">A line is something else.</exception>
    public static SourceVectors Read(string file)
    {
        var vocabulary = new Dictionary<string, int>(StringComparer.Ordinal);
        if (!File.Exists(file)) throw new FileNotFoundException($"There is no file {file}.");
        List<SourceVector> vectors = file.EndsWith(".xz", StringComparison.OrdinalIgnoreCase) ? ReadThroughXz(file, vocabulary)
            : [.. LineReader.Read(file, (line, _) => Parse(line, vocabulary), onBadLine: null)];
        if (!vectors.Exists(vector => vector.Source == QuerySource))
            throw new InvalidDataException($"{file} has no vectors of {QuerySource}, which would be the queries.");
        return new SourceVectors([.. vocabulary.Keys], vectors, QuerySource);
    }

    private static SourceVector Parse(string line, Dictionary<string, int> vocabulary)
    {
        if (line.Split('\t') is not [string source, string id, string vector])
            throw new FormatException("expected three columns: test collection, id, vector");
        string[] entries = vector.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (entries.Length == 0) throw new FormatException("the vector is empty");
        var terms = new int[entries.Length];
        var weights = new float[entries.Length];
        for (int i = 0; i < entries.Length; i++) (terms[i], weights[i]) = ParseEntry(entries[i], vocabulary);
        return new SourceVector(source, id, terms, weights);
    }

    private static (int Term, float Weight) ParseEntry(string entry, Dictionary<string, int> vocabulary)
    {
        int colon = entry.LastIndexOf(':');
        ReadOnlySpan<char> number = entry.AsSpan(colon + 1);
        if (colon <= 0
            || !float.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out float weight)
            || !(weight > 0 && float.IsFinite(weight)))
        {
            throw new FormatException($"'{entry}' is no term with a positive weight");
        }

        if (vocabulary.TryGetValue(entry[..colon], out int term)) return (term, weight);
        if (vocabulary.Count == MostTerms) throw new FormatException($"more than {MostTerms:N0} different terms");
        vocabulary.Add(entry[..colon], vocabulary.Count);
        return (vocabulary.Count - 1, weight);
    }

    private static List<SourceVector> ReadThroughXz(string file, Dictionary<string, int> vocabulary)
    {
        var vectors = new List<SourceVector>();
        try
        {
            foreach (string line in LinesThroughXz(file)) vectors.Add(Parse(line, vocabulary));
        }
        catch (Exception problem) when (problem is FormatException or DecoderFallbackException)
        {
            throw new MalformedLineException(file, vectors.Count + 1, problem is FormatException
                ? problem.Message : "here, or a little behind, it is not UTF-8");
        }

        return vectors;
    }

    private static IEnumerable<string> LinesThroughXz(string file)
    {
        using Process xz = OutsideProgram.Start("xz", ["-dc", file], Strict);
        while (xz.StandardOutput.ReadLine() is { } line) yield return line;
        xz.WaitForExit();
        if (xz.ExitCode != 0) throw new IOException($"The program xz could not read {file}.");
    }
}
