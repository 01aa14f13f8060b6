using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using SpladeLucene.Onnx.Graph;
using SpladeLucene.Onnx.Tokenization;

namespace SpladeLucene.Onnx.Heads;

/// <summary>
/// The dimensions of a graph's output that stand for terms: all but special tokens and ids without an entry.
/// </summary>
internal sealed class TermDimensions
{
    private const int BitsOfWord = 64;

    private readonly Vocabulary _vocabulary;
    private readonly int[] _inOrder;
    // By id, its place in that order; −1 where it is no term.
    private readonly int[] _places;

    /// <param name="settings">Whose entries.</param>
    /// <param name="declared">How many rows config.json says that the model has; null where it doesn't say.</param>
    public TermDimensions(TokenizerSettings settings, int? declared = null)
    {
        Width = new OutputWidth(settings.Vocabulary.Size, declared);
        _vocabulary = settings.Vocabulary;
        _inOrder = Enumerable.Range(0, _vocabulary.Size).Except(SpecialTokens.Of(settings))
            .Where(id => !string.IsNullOrEmpty(_vocabulary[id]))
            .OrderBy(id => _vocabulary[id], StringComparer.Ordinal)
            .ToArray();
        _places = new int[_vocabulary.Size];
        Array.Fill(_places, -1);
        for (int place = 0; place < _inOrder.Length; place++) _places[_inOrder[place]] = place;
    }

    /// <summary>Whether an id stands for a term.</summary>
    public bool IsTerm(int id) => (uint)id < (uint)_places.Length && _places[id] >= 0;

    /// <summary>The term that an id stands for.</summary>
    public string TermOf(int id) => _vocabulary[id]!;

    /// <summary>How wide an output may be.</summary>
    public OutputWidth Width { get; }

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
    /// <param name="weights">By id, finite and not negative; what stands beyond the vocabulary doesn't count.</param>
    /// <param name="minWeight">Lighter terms are left out, and those without weight.</param>
    public int[] IdsOf(ReadOnlySpan<float> weights, float minWeight)
    {
        // A bit for each place, set in the order of ids and read in that of terms: nothing is sorted.
        int words = (_inOrder.Length + BitsOfWord - 1) / BitsOfWord;
        ulong[] rented = ArrayPool<ulong>.Shared.Rent(words);
        try
        {
            Span<ulong> marks = rented.AsSpan(0, words);
            marks.Clear();
            return Marked(marks, MarkHeavy(weights[.._places.Length], Math.Max(minWeight, float.Epsilon), marks));
        }
        finally
        {
            ArrayPool<ulong>.Shared.Return(rented);
        }
    }

    private int MarkHeavy(ReadOnlySpan<float> weights, float least, Span<ulong> marks)
    {
        int marked = 0, start = 0;
        foreach (Vector256<float> some in MemoryMarshal.Cast<float, Vector256<float>>(weights))
        {
            uint heavy = Vector256.GreaterThanOrEqual(some, Vector256.Create(least)).ExtractMostSignificantBits();
            for (; heavy != 0; heavy &= heavy - 1) marked += Mark(start + BitOperations.TrailingZeroCount(heavy), marks);
            start += Vector256<float>.Count;
        }

        for (; start < weights.Length; start++)
        {
            if (weights[start] >= least) marked += Mark(start, marks);
        }

        return marked;
    }

    private int Mark(int id, Span<ulong> marks)
    {
        int place = _places[id];
        if (place < 0) return 0;
        marks[place / BitsOfWord] |= 1UL << place;
        return 1;
    }

    private int[] Marked(ReadOnlySpan<ulong> marks, int count)
    {
        int[] ids = new int[count];
        int found = 0;
        for (int word = 0; found < count; word++)
        {
            for (ulong rest = marks[word]; rest != 0; rest &= rest - 1)
                ids[found++] = _inOrder[(word * BitsOfWord) + BitOperations.TrailingZeroCount(rest)];
        }

        return ids;
    }
}
