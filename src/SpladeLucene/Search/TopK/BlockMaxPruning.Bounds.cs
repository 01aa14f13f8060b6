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

    // So many rows ahead their levels are asked for: one row is read too fast for memory to keep up.
    private const int RowsAhead = 2;

    /// <summary>Σ weight × level of the largest impact over the terms that bound, for every block.</summary>
    private void ComputeBounds()
    {
        (List<BoundRow> here, List<BoundRow> next) = _task.Scratch.Rows;
        FindRows(0, next);
        for (int window = 0; window < _task.Windows; window++)
        {
            (here, next) = (next, here);
            FindRows(window + 1, next);
            Span<ushort> bounds = _bounds.Slice(
                window * BlockIndex.BlocksPerWindow, BlockIndex.BlocksOf(_task.Length(window)));
            bounds.Clear();
            AddRows(CollectionsMarshal.AsSpan(here), CollectionsMarshal.AsSpan(next), bounds);
            foreach (SegmentTerm term in _bounding)
            {
                int slice = _impacts.Slice(term.Term, window);
                if (_blocks.RowOf(slice) < 0) AddPostings(slice, _unit.WeightOf(term.Weight), bounds);
            }
        }
    }

    /// <summary>The rows of a window, or none behind the last one.</summary>
    private unsafe void FindRows(int window, List<BoundRow> rows)
    {
        rows.Clear();
        if (window == _task.Windows) return;
        var levels = (byte*)Unsafe.AsPointer(ref _blocks.Rows(window).First);
        foreach (SegmentTerm term in _bounding)
        {
            int row = _blocks.RowOf(_impacts.Slice(term.Term, window));
            if (row >= 0) rows.Add(new BoundRow(levels + row, _unit.WeightOf(term.Weight)));
        }
    }

    private static unsafe void AddRows(ReadOnlySpan<BoundRow> rows, ReadOnlySpan<BoundRow> next, Span<ushort> bounds)
    {
        ref ushort bound = ref MemoryMarshal.GetReference(bounds);
        for (int i = 0; i < rows.Length; i++)
        {
            int ahead = i + RowsAhead;
            byte* levels = rows[i].Levels, asked = ahead < rows.Length ? rows[ahead].Levels
                : ahead - rows.Length < next.Length ? next[ahead - rows.Length].Levels : levels;
            for (int block = 0; block < bounds.Length; block += ISimd.Batch)
            {
                if (block % (2 * ISimd.Batch) == 0) Prefetch.Read(ref asked[block / 2]);
                TSimd.AddLevels(ref levels[block / 2], ref Unsafe.Add(ref bound, block), rows[i].Weight);
            }
        }
    }

    /// <summary>Where few documents have the term, their impacts are read instead of a row.</summary>
    private void AddPostings(int slice, ushort weight, Span<ushort> bounds)
    {
        (int start, int end) = _impacts.Bounds(slice);
        ref ushort id = ref _impacts.Ids.First;
        ref byte impact = ref _impacts.Impacts.First;
        ref ushort bound = ref MemoryMarshal.GetReference(bounds);
        int last = -1, largest = 0;
        for (nint i = start; i < end; i++)
        {
            int block = Unsafe.Add(ref id, i) >> BlockIndex.BlockShift;
            int level = BlockIndex.LevelOf(Unsafe.Add(ref impact, i));
            // Two documents of one block are rare here, but the best blocks are where they would be found.
            int more = block == last ? Math.Max(level - largest, 0) : level;
            largest = block == last ? largest + more : level;
            last = block;
            Unsafe.Add(ref bound, (nint)block) += (ushort)(weight * more);
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

    /// <summary>Collects the blocks with a document that may be found, bounded by at least <paramref name="cut"/> and by less than
    /// <paramref name="above"/>, which may be more than any.</summary>
    /// <returns>How many there are; of more than <paramref name="most"/> some aren't collected.</returns>
    private int Gather(int cut, int above, int most)
    {
        int found = 0;
        if (cut > ushort.MaxValue) return found;
        ref ushort bound = ref MemoryMarshal.GetReference(_bounds);
        for (int first = 0; first < _bounds.Length && found <= most; first += ISimd.Batch)
        {
            ulong mask = TSimd.AtLeast(ref Unsafe.Add(ref bound, first), (ushort)cut);
            if (mask == 0) continue;
            if (above <= ushort.MaxValue) mask &= ~TSimd.AtLeast(ref Unsafe.Add(ref bound, first), (ushort)above);
            Span<ulong> blocks = BlocksOf(found + ISimd.Batch);
            for (; mask != 0; mask &= mask - 1)
            {
                int block = first + BitOperations.TrailingZeroCount(mask);
                if (AcceptedIn(block) != 0) blocks[found++] = ((ulong)_bounds[block] << 32) | (uint)block;
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

/// <summary>A term's levels in a window. They stay where they are while the segment is searched.</summary>
internal readonly unsafe struct BoundRow(byte* levels, ushort weight)
{
    /// <summary>The first of them.</summary>
    public readonly byte* Levels = levels;

    /// <summary>The term's, in units.</summary>
    public readonly ushort Weight = weight;
}
