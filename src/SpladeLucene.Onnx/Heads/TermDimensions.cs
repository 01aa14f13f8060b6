using SpladeLucene.Onnx.Tokenization;

namespace SpladeLucene.Onnx.Heads;

/// <summary>
/// The dimensions of a graph's output that stand for terms: all but special tokens and ids without an entry.
/// </summary>
internal sealed class TermDimensions
{
    private readonly Vocabulary _vocabulary;
    private readonly int[] _inOrder;
    private readonly HashSet<int> _terms;

    public TermDimensions(TokenizerSettings settings)
    {
        _vocabulary = settings.Vocabulary;
        _inOrder = Enumerable.Range(0, _vocabulary.Size).Except(SpecialTokens.Of(settings))
            .Where(id => !string.IsNullOrEmpty(_vocabulary[id]))
            .OrderBy(id => _vocabulary[id], StringComparer.Ordinal)
            .ToArray();
        _terms = [.. _inOrder];
    }

    /// <summary>Whether an id stands for a term.</summary>
    public bool IsTerm(int id) => _terms.Contains(id);

    /// <summary>The term that an id stands for.</summary>
    public string TermOf(int id) => _vocabulary[id]!;

    public int VocabularySize => _vocabulary.Size;

    /// <summary>
    /// Their ids in ordinal order of the term, which is a vector's: nothing needs sorting afterwards.
    /// </summary>
    public ReadOnlySpan<int> InOrder => _inOrder;

    /// <summary>The vector of the terms that weigh <paramref name="minWeight"/> or more.</summary>
    /// <param name="weights">By id, finite and not negative.</param>
    /// <param name="minWeight">Lighter terms are left out, and those without weight.</param>
    /// <param name="rows">By id, the token that a term was won by; empty where nobody knows.</param>
    /// <param name="tokens">The text's tokens.</param>
    public SparseVector ToVector(
        ReadOnlySpan<float> weights, float minWeight, ReadOnlySpan<int> rows, TokenSequence tokens)
    {
        var terms = new List<SparseTerm>();
        foreach (int id in _inOrder)
        {
            float weight = weights[id];
            if (!(weight > 0) || weight < minWeight) continue;
            terms.Add(new SparseTerm(_vocabulary[id]!, weight, rows.IsEmpty ? null : tokens.SpanAt(rows[id])));
        }

        return SparseVector.FromOrdered([.. terms]);
    }
}
