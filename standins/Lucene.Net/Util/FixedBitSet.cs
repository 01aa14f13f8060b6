using System.Numerics;
using Lucene.Net.Search;

namespace Lucene.Net.Util;

// A bit for each document, one long for each 64 of them.
public sealed class FixedBitSet : DocIdSet, IBits
{
    private readonly long[] _words;

    public FixedBitSet(int numBits) : this(new long[(numBits + 63) >> 6], numBits)
    {
    }

    public FixedBitSet(long[] storedBits, int numBits)
    {
        _words = storedBits;
        Length = numBits;
    }

    public int Length { get; }

    public int Cardinality
    {
        get
        {
            int count = 0;
            foreach (long word in _words)
            {
                count += BitOperations.PopCount((ulong)word);
            }
            return count;
        }
    }

    public override IBits Bits => this;

    public override bool IsCacheable => true;

    public long[] GetBits() => _words;

    internal long[] Words => _words;

    public bool Get(int index) => (_words[index >> 6] & (1L << index)) != 0;

    public void Set(int index) => _words[index >> 6] |= 1L << index;

    public void Clear(int index) => _words[index >> 6] &= ~(1L << index);

    public FixedBitSet Clone() => new((long[])_words.Clone(), Length);

    // The first set bit at or after index, -1 if there is none.
    public int NextSetBit(int index)
    {
        int at = index >> 6;
        ulong word = (ulong)_words[at] >> index;
        if (word != 0)
        {
            return index + BitOperations.TrailingZeroCount(word);
        }
        while (++at < _words.Length)
        {
            if (_words[at] != 0)
            {
                return (at << 6) + BitOperations.TrailingZeroCount(_words[at]);
            }
        }
        return -1;
    }

    public override DocIdSetIterator GetIterator() => new SetBits(this);

    internal static FixedBitSet AllSet(int numBits)
    {
        var bits = new FixedBitSet(numBits);
        Array.Fill(bits._words, -1L);
        if ((numBits & 63) != 0)
        {
            bits._words[^1] = (1L << numBits) - 1;
        }
        return bits;
    }

    private sealed class SetBits(FixedBitSet bits) : DocIdSetIterator
    {
        private int _doc = -1;

        public override int DocID => _doc;

        public override int NextDoc() => Advance(_doc + 1);

        public override int Advance(int target)
        {
            int next = target < bits.Length ? bits.NextSetBit(target) : -1;
            return _doc = next < 0 ? NO_MORE_DOCS : next;
        }

        public override long GetCost() => bits.Length;
    }
}
