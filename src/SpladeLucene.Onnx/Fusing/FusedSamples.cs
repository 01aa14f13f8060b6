using SpladeLucene.Onnx.Tokenization;

namespace SpladeLucene.Onnx.Fusing;

/// <summary>Texts that a fused graph is tried on.</summary>
internal static class FusedSamples
{
    private const int LongTexts = 4;

    /// <summary>Short texts, and texts of entries from all of the vocabulary.</summary>
    /// <param name="tokenizer">Whose entries.</param>
    /// <param name="words">How many entries a long text has, so that its tokens are pooled in several turns.</param>
    public static IEnumerable<string> Of(TokenizerSettings tokenizer, int words)
    {
        yield return "The quick brown fox jumps over the lazy dog, 42 times.";
        yield return "naïve café — 東京 Привет мир";
        string[] entries = [.. Enumerable.Range(0, tokenizer.Vocabulary.Size)
            .Select(id => tokenizer.Vocabulary[id]).OfType<string>().Select(TermText.Readable)
            .Where(entry => entry.Any(char.IsLetterOrDigit))];
        if (entries.Length == 0) yield break;
        for (int text = 0; text < LongTexts; text++)
        {
            yield return entries[(int)((long)text * entries.Length / LongTexts)];
            yield return string.Join(' ', Enumerable.Range(0, words)
                .Select(word => entries[(int)((((long)word * LongTexts) + text) * entries.Length / (words * LongTexts))]));
        }
    }

    /// <summary>The largest difference of a weight, as a share of it where it is over 1.</summary>
    public static double Difference(SparseVector one, SparseVector other) => one.Concat(other)
        .Select(term => Math.Abs((double)one.WeightOf(term.Term) - other.WeightOf(term.Term)) / Math.Max(1, term.Weight))
        .DefaultIfEmpty().Max();
}
