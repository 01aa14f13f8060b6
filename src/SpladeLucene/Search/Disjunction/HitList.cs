using System.Buffers;
using System.Numerics;

namespace SpladeLucene.Search.Disjunction;

/// <summary>Takes hits a block of documents at a time.</summary>
internal interface IBlockHits
{
    /// <param name="firstDoc">The block's first document in the whole index.</param>
    /// <param name="found">A bit for each document, 64 a word.</param>
    /// <param name="scores">A score for each document; those that weren't found count nothing.</param>
    void AddBlock(int firstDoc, ReadOnlySpan<ulong> found, ReadOnlySpan<float> scores);

    /// <summary>Puts hits that came in another order into that of their documents.</summary>
    void Sort();
}

/// <summary>
/// All hits of a query with their scores, once sorted by ascending document. Many would be large arrays, which are lent and given
/// back.
/// </summary>
internal sealed class HitList<TScore> : IBlockHits, IDisposable
    where TScore : struct, INumber<TScore>
{
    private const int FirstSize = 256;

    private int[] _docs = ArrayPool<int>.Shared.Rent(FirstSize);
    private TScore[] _scores = ArrayPool<TScore>.Shared.Rent(FirstSize);
    private bool _isSorted = true;

    public int Count { get; private set; }

    public ReadOnlySpan<TScore> Scores => _scores.AsSpan(0, Count);

    /// <summary>The document at a place; <see cref="int.MaxValue"/> behind the last one.</summary>
    public int Doc(int place) => place < Count ? _docs[place] : int.MaxValue;

    public TScore Score(int place) => _scores[place];

    public void Add(int doc, TScore score)
    {
        Room(1);
        Append(doc, score);
    }

    public void AddBlock(int firstDoc, ReadOnlySpan<ulong> found, ReadOnlySpan<float> scores)
    {
        Room(scores.Length);
        for (int word = 0; word < found.Length; word++)
        {
            for (ulong left = found[word]; left != 0; left &= left - 1)
            {
                int place = (word << 6) + BitOperations.TrailingZeroCount(left);
                Append(firstDoc + place, TScore.CreateTruncating(scores[place]));
            }
        }
    }

    public void Sort()
    {
        if (!_isSorted) Array.Sort(_docs, _scores, 0, Count);
        _isSorted = true;
    }

    /// <summary>Gives the arrays back; the hits are gone then.</summary>
    public void Dispose()
    {
        ArrayPool<int>.Shared.Return(_docs);
        ArrayPool<TScore>.Shared.Return(_scores);
        (_docs, _scores, Count) = ([], [], 0);
    }

    private void Append(int doc, TScore score)
    {
        if (Count > 0 && doc < _docs[Count - 1]) _isSorted = false;
        (_docs[Count], _scores[Count]) = (doc, score);
        Count++;
    }

    private void Room(int more)
    {
        if (Count + more <= Math.Min(_docs.Length, _scores.Length)) return;
        int size = Math.Max(2 * Count, Count + more);
        Grow(ref _docs, size);
        Grow(ref _scores, size);
    }

    private void Grow<T>(ref T[] items, int size)
    {
        T[] larger = ArrayPool<T>.Shared.Rent(size);
        items.AsSpan(0, Count).CopyTo(larger);
        ArrayPool<T>.Shared.Return(items);
        items = larger;
    }
}
