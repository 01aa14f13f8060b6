using System.Numerics;
using System.Runtime.InteropServices;
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

    // By id, its place in that order; −1 where it is no term.
    private readonly int[] _places;

    public TermDimensions(TokenizerSettings settings)
    {
        _vocabulary = settings.Vocabulary;
        _inOrder = Enumerable.Range(0, _vocabulary.Size).Except(SpecialTokens.Of(settings))
            .Where(id => !string.IsNullOrEmpty(_vocabulary[id]))
            .OrderBy(id => _vocabulary[id], StringComparer.Ordinal)
            .ToArray();
        _terms = [.. _inOrder];
        _places = new int[_vocabulary.Size];
        Array.Fill(_places, -1);
        for (int place = 0; place < _inOrder.Length; place++) _places[_inOrder[place]] = place;
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
        ReadOnlySpan<float> weights, float minWeight, ReadOnlySpan<int> rows, TokenSequence tokens) =>
        ToVector(weights, IdsOf(weights, minWeight), rows, tokens);

    /// <summary>The vector of the terms of some ids.</summary>
    /// <param name="weights">By id.</param>
    /// <param name="ids">As <see cref="IdsOf"/> gives them.</param>
    /// <param name="rows">By id, where it is one of these; empty where nobody knows.</param>
    /// <param name="tokens">The text's tokens.</param>
    public SparseVector ToVector(
        ReadOnlySpan<float> weights, ReadOnlySpan<int> ids, ReadOnlySpan<int> rows, TokenSequence tokens)
    {
        var terms = new SparseTerm[ids.Length];
        for (int i = 0; i < terms.Length; i++)
        {
            int id = ids[i];
            terms[i] = new SparseTerm(_vocabulary[id]!, weights[id], rows.IsEmpty ? null : tokens.SpanAt(rows[id]));
        }

        return SparseVector.FromOrdered(terms);
    }

    /// <summary>The ids of the terms that weigh <paramref name="minWeight"/> or more, in the order of the terms.</summary>
    /// <param name="weights">By id, finite and not negative.</param>
    /// <param name="minWeight">Lighter terms are left out, and those without weight.</param>
    public ReadOnlySpan<int> IdsOf(ReadOnlySpan<float> weights, float minWeight)
    {
        // Few weigh anything: to find these and order them takes less than to walk all in the order of their terms.
        var found = new List<int>();
        int last = weights.Length - Vector<float>.Count;
        for (int start = 0; start < _places.Length; start += Vector<float>.Count)
        {
            if (start <= last && Vector.LessThanOrEqualAll(new Vector<float>(weights[start..]), Vector<float>.Zero)) continue;
            AddPlaces(weights, minWeight, start, Math.Min(start + Vector<float>.Count, _places.Length), found);
        }

        Span<int> ids = CollectionsMarshal.AsSpan(found);
        ids.Sort();
        foreach (ref int id in ids) id = _inOrder[id];
        return ids;
    }

    private void AddPlaces(ReadOnlySpan<float> weights, float minWeight, int start, int end, List<int> places)
    {
        for (int id = start; id < end; id++)
        {
            if (weights[id] > 0 && weights[id] >= minWeight && _places[id] >= 0) places.Add(_places[id]);
        }
    }
}
