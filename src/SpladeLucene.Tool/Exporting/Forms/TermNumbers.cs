using System.Text;

namespace SpladeLucene.Tool.Exporting.Forms;

/// <summary>Numbers for terms, as engines have it whose vectors know no words: the place of each in a list, counted from 0.</summary>
internal sealed class TermNumbers
{
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
    /// <exception cref="InvalidDataException">There is none in it, or one twice.</exception>
    public static TermNumbers Read(string file)
    {
        string text = File.ReadAllText(file);
        if (string.IsNullOrWhiteSpace(text)) throw new InvalidDataException($"'{file}' has no terms.");
        return new TermNumbers(text.TrimStart('\uFEFF').TrimEnd('\n', '\r').Split('\n').Select(line => line.TrimEnd('\r')), file);
    }

    /// <summary>Writes the list.</summary>
    public void Write(string file) =>
        File.WriteAllText(file, string.Concat(_numbers.Keys.Select(term => term + "\n")), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
}
