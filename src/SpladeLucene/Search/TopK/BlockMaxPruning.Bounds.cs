using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SpladeLucene.Impacts;
using SpladeLucene.Search.Simd;

namespace SpladeLucene.Search.TopK;

internal readonly ref partial struct BlockMaxPruning<TSimd>
{
    // One block in 16, or in more where so many aren't needed, shows where the largest bounds begin.
    private const int LeastSampleStep = 16, MostSampled = 4096;

    // So much of what can be afforded is gathered at first, as a bar that comes of many visits leaves fewer to gather again.
    private const int FirstShare = 8, MostAtFirst = 4096;

    /// <summary>Σ weight × largest impact over the terms that bound, for every block.</summary>
    private void ComputeBounds()
    {
        _bounds.Clear();
        for (int window = 0; window < _task.Windows; window++)
        {
            ReadOnlySpan<byte> rows = _blocks.Rows(window);
            int length = BlockIndex.RowLength(_task.Length(window));
            Span<int> bounds = _bounds.Slice(window * BlockIndex.BlocksPerWindow, length);
            ReadOnlySpan<SegmentTerm> terms = _bounding;
            for (int i = 0; i < terms.Length; i++)
            {
                int slice = _impacts.Slice(terms[i].Term, window), row = _blocks.RowOf(slice);
                if (row < 0) AddPostings(slice, terms[i].Weight, bounds);
                else AddRow(rows.Slice(row, length), Ahead(terms, i + 1, window, row), terms[i].Weight, bounds);
            }
        }
    }

    /// <summary>How far behind this row the next term's lies.</summary>
    private int Ahead(ReadOnlySpan<SegmentTerm> terms, int next, int window, int row)
    {
        int nextRow = next < terms.Length ? _blocks.RowOf(_impacts.Slice(terms[next].Term, window)) : -1;
        return nextRow < 0 ? 0 : nextRow - row;
    }

    private static void AddRow(ReadOnlySpan<byte> row, int ahead, int weight, Span<int> bounds)
    {
        Debug.Assert(row.Length == bounds.Length, "A row has a byte for each bound.");
        ref byte impact = ref MemoryMarshal.GetReference(row);
        ref int bound = ref MemoryMarshal.GetReference(bounds);
        for (int i = 0; i < row.Length; i += ISimd.Batch)
        {
            Prefetch.Read(ref Unsafe.Add(ref impact, ahead + i));
            TSimd.AddScaled(ref Unsafe.Add(ref impact, i), ref Unsafe.Add(ref bound, i), weight);
        }
    }

    /// <summary>Where few documents have the term, their impacts are read instead of a row.</summary>
    private void AddPostings(int slice, int weight, Span<int> bounds)
    {
        (int start, int end) = _impacts.Bounds(slice);
        ref ushort id = ref _impacts.Ids.First;
        ref byte impact = ref _impacts.Impacts.First;
        ref int bound = ref MemoryMarshal.GetReference(bounds);
        int last = -1, largest = 0;
        for (nint i = start; i < end; i++)
        {
            int block = Unsafe.Add(ref id, i) >> BlockIndex.BlockShift;
            int product = weight * Unsafe.Add(ref impact, i);
            // Two documents of one block are rare here, but the best blocks are where they would be found.
            if (block == last) product = Math.Max(product - largest, 0);
            else (last, largest) = (block, 0);
            largest += product;
            Unsafe.Add(ref bound, (nint)block) += product;
        }
    }

    /// <summary>A bound that a few blocks a wanted hit, and some more, are over; read off a sample.</summary>
    /// <param name="affordable">Blocks that may be visited; those that turn out to be under the bar aren't.</param>
    private int FirstCut(int affordable)
    {
        int step = Math.Max(LeastSampleStep, _bounds.Length / MostSampled), size = (_bounds.Length + step - 1) / step;
        Span<ulong> sample = BlocksOf(size);
        for (int i = 0; i < size; i++) sample[i] = (ulong)_bounds[i * step];
        int few = (_task.Top.Wanted / (step * BlockIndex.BlockSize / 4)) + 3;
        int wanted = Math.Min(size, Math.Max(few, Math.Min(affordable / FirstShare, MostAtFirst) / step));
        Selection.Largest(sample, wanted);
        return Math.Max(1, (int)sample[wanted - 1]);
    }

    /// <summary>Collects the blocks bounded by at least <paramref name="cut"/> and by less than
    /// <paramref name="above"/>.</summary>
    /// <returns>How many there are; of more than <paramref name="most"/> some aren't collected.</returns>
    private int Gather(int cut, int above, int most)
    {
        int found = 0;
        ref int bound = ref MemoryMarshal.GetReference(_bounds);
        for (int first = 0; first < _bounds.Length && found <= most; first += ISimd.Batch)
        {
            ulong mask = TSimd.AtLeast(ref Unsafe.Add(ref bound, first), cut);
            if (mask == 0) continue;
            mask &= ~TSimd.AtLeast(ref Unsafe.Add(ref bound, first), above);
            Span<ulong> blocks = BlocksOf(found + ISimd.Batch);
            for (; mask != 0; mask &= mask - 1)
            {
                int block = first + BitOperations.TrailingZeroCount(mask);
                blocks[found++] = ((ulong)_bounds[block] << 32) | (uint)block;
            }
        }

        return found;
    }

    /// <summary>Of the blocks that were gathered those with the largest bounds, the largest first.</summary>
    private ReadOnlySpan<ulong> Best(int gathered, int most)
    {
        Span<ulong> blocks = _task.Scratch.Blocks.AsSpan(0, gathered);
        if (gathered > most) Selection.Largest(blocks, most);
        Span<ulong> best = blocks[..Math.Min(gathered, most)];
        best.Sort();
        best.Reverse();
        return best;
    }

    private Span<ulong> BlocksOf(int count)
    {
        if (_task.Scratch.Blocks.Length < count)
        {
            ulong[] blocks = _task.Scratch.Blocks;
            Array.Resize(ref blocks, Math.Max(count, 2 * blocks.Length));
            _task.Scratch.Blocks = blocks;
        }

        return _task.Scratch.Blocks.AsSpan(0, count);
    }
}
