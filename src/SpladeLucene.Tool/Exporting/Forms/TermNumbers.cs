using System.Text;
using SpladeLucene.Evaluation;

namespace SpladeLucene.Tool.Exporting.Forms;

/// <summary>Numbers for terms, as engines have it whose vectors know no words: the place of each in a list, counted from 0.</summary>
internal sealed class TermNumbers
{
    // As many as a model's vocabulary may have, and as many bytes as a line of a collection.
    private const int MostTerms = 1 << 22;

    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

    /// <summary>Numbers terms in their order.</summary>
    /// <exception cref="InvalidDataException">One stands there twice.</exception>
    public TermNumbers(IEnumerable<string> terms, string source)
    {
        foreach (string term in terms)
        {
            if (term.AsSpan().ContainsAny('\r', '\n')) throw new InvalidDataException($"The term '{term}' in '{source}' has a line's end in it, and no list of lines can hold it.");
            if (!_numbers.TryAdd(term, _numbers.Count)) throw new InvalidDataException($"The term '{term}' stands in '{source}' twice.");
        }

        if (_numbers.Count == 0) throw new InvalidDataException($"'{source}' has no terms.");
    }

    /// <summary>How many there are.</summary>
    public int Count => _numbers.Count;

    /// <summary>The terms with their numbers in the numbers' order; those that have none are left out.</summary>
    public IEnumerable<(int Number, float Weight)> Known(IEnumerable<WeighedTerm> terms) => terms
        .Where(term => _numbers.ContainsKey(term.Term)).Select(term => (Number: _numbers[term.Term], term.Weight)).OrderBy(term => term.Number);

    /// <summary>The same of terms that must all have one.</summary>
    /// <exception cref="InvalidDataException">One has none.</exception>
    public IEnumerable<(int Number, float Weight)> All(ExportedVector document)
    {
        foreach (WeighedTerm term in document.Terms)
        {
            if (!_numbers.ContainsKey(term.Term))
                throw new InvalidDataException($"The term '{term.Term}' of document '{document.Id}' isn't in the vocabulary that --vocabulary names.");
        }

        return Known(document.Terms);
    }

    /// <summary>Reads a list, a term a line, as a model's <c>vocab.txt</c> is.</summary>
    /// <exception cref="InvalidDataException">
    /// There is none in it, or one twice; it is longer than 64 MiB, has more than 4,194,304 terms, or isn't UTF-8.
    /// </exception>
    public static TermNumbers Read(string file)
    {
        string text = TextOf(file);
        if (string.IsNullOrWhiteSpace(text)) throw new InvalidDataException($"'{file}' has no terms.");
        var numbers = new TermNumbers(LinesOf(text.TrimEnd('\n', '\r')).Take(MostTerms + 1), file);
        return numbers.Count <= MostTerms ? numbers : throw new InvalidDataException($"'{file}' has more than {MostTerms} terms.");
    }

    private static string TextOf(string file)
    {
        try
        {
            return WholeFile.ReadText(file, ByteLines.Longest);
        }
        catch (InvalidDataException problem)
        {
            throw new InvalidDataException($"'{file}' is no list of terms: {problem.Message}.", problem);
        }
    }

    private static IEnumerable<string> LinesOf(string text)
    {
        for (int start = 0; start <= text.Length;)
        {
            int end = text.IndexOf('\n', start);
            if (end < 0) end = text.Length;
            yield return text[start..end].TrimEnd('\r');
            start = end + 1;
        }
    }

    /// <summary>Writes the list.</summary>
    public void Write(string file) =>
        File.WriteAllText(file, string.Concat(_numbers.Keys.Select(term => term + "\n")), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
}
