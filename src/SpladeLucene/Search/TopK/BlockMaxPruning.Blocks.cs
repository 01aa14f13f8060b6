using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SpladeLucene.Impacts;
using SpladeLucene.Search.Simd;

namespace SpladeLucene.Search.TopK;

internal readonly ref partial struct BlockMaxPruning<TSimd>
{
    // Blocks are scored a batch at a time, term after term, so that the reads of one don't wait for those of another.
    private const int VisitBatch = 16;

    private const int BatchSums = VisitBatch * BlockIndex.BlockSize;

    /// <summary>Scores the blocks, which come by falling bound, until their bound is under the bar.</summary>
    private void Visit(ReadOnlySpan<ulong> blocks)
    {
        Span<int> batch = stackalloc int[VisitBatch];
        Span<int> sums = stackalloc int[BatchSums];
        int next = 0;
        while (next < blocks.Length)
        {
            int count = 0;
            int bar = Bar();
            while (next < blocks.Length && count < VisitBatch && (int)(blocks[next] >> 32) >= bar)
            {
                int block = (int)(uint)blocks[next++];
                if (AcceptedIn(block) != 0) batch[count++] = block;
            }

            if (count == 0) return;
            sums.Clear();
            Accumulate(batch[..count], sums);
            Collect(batch[..count], sums, bar);
            _task.Top.Tighten();
        }
    }

    /// <summary>Adds all terms' postings in the blocks. Where a term's postings lie is found out, and they are asked
    /// for, while those of the term before are added.</summary>
    private void Accumulate(ReadOnlySpan<int> batch, Span<int> sums)
    {
        Span<int> places = stackalloc int[VisitBatch], next = stackalloc int[VisitBatch];
        ReadOnlySpan<SegmentTerm> terms = _task.Terms;
        Locate(terms[0], batch, places);
        for (int t = 0; t < terms.Length; t++)
        {
            if (t + 1 < terms.Length) Locate(terms[t + 1], batch, next);
            Accumulate(terms[t], batch, places, sums);
            Span<int> done = places;
            places = next;
            next = done;
        }
    }

    /// <summary>Finds where each block's postings begin; -1 where it has none.</summary>
    private void Locate(SegmentTerm term, ReadOnlySpan<int> batch, Span<int> places)
    {
        for (int i = 0; i < batch.Length; i++)
        {
            int window = batch[i] / BlockIndex.BlocksPerWindow, block = batch[i] % BlockIndex.BlocksPerWindow;
            int slice = _impacts.Slice(term.Term, window), row = _blocks.RowOf(slice);
            (int start, int end) = _impacts.Bounds(slice);
            places[i] = -1;
            if (start == end || (row >= 0 && _blocks.Rows(window)[row + block] == 0)) continue;
            places[i] = _blocks.Seek(start, end, block << BlockIndex.BlockShift);
            Prefetch.Read(ref _impacts.Ids[places[i]]);
            Prefetch.Read(ref _impacts.Impacts[places[i]]);
        }
    }

    private void Accumulate(SegmentTerm term, ReadOnlySpan<int> batch, ReadOnlySpan<int> places, Span<int> sums)
    {
        for (int i = 0; i < batch.Length; i++)
        {
            if (places[i] < 0) continue;
            int window = batch[i] / BlockIndex.BlocksPerWindow, block = batch[i] % BlockIndex.BlocksPerWindow;
            (_, int end) = _impacts.Bounds(_impacts.Slice(term.Term, window));
            AddPostings(places[i], end, (ushort)(block << BlockIndex.BlockShift), term.Weight,
                ref sums[i * BlockIndex.BlockSize]);
        }
    }

    /// <summary>Adds the postings from <paramref name="place"/> on that lie in the block at <paramref name="first"/>.
    /// </summary>
    private void AddPostings(int place, int end, ushort first, int weight, ref int sums)
    {
        ref ushort ids = ref _impacts.Ids.First;
        ref byte impacts = ref _impacts.Impacts.First;
        int last = first + BlockIndex.BlockSize - 1;
        for (; place < end; place += ISimd.IdBatch)
        {
            ref ushort id = ref Unsafe.Add(ref ids, place);
            uint within = TSimd.Within(ref id, first, BlockIndex.BlockSize);
            int left = end - place;
            if (left < ISimd.IdBatch) within &= (1u << left) - 1;
            for (; within != 0; within &= within - 1)
            {
                int i = BitOperations.TrailingZeroCount(within);
                Unsafe.Add(ref sums, Unsafe.Add(ref id, i) - first) += weight * Unsafe.Add(ref impacts, place + i);
            }

            if (left <= ISimd.IdBatch || Unsafe.Add(ref id, ISimd.IdBatch - 1) >= last) return;
        }
    }

    private void Collect(ReadOnlySpan<int> batch, Span<int> sums, int bar)
    {
        for (int i = 0; i < batch.Length; i++)
        {
            ulong wanted = AcceptedIn(batch[i]);
            for (int d = 0; d < BlockIndex.BlockSize; d++)
            {
                int sum = sums[(i * BlockIndex.BlockSize) + d];
                if (sum < bar || (wanted & (1UL << d)) == 0) continue;
                int doc = _task.DocBase + (batch[i] * BlockIndex.BlockSize) + d;
                if (_task.Top.Add(sum, doc)) bar = Bar();
            }
        }
    }

    /// <summary>The documents of a block that may be found, a bit each.</summary>
    private ulong AcceptedIn(int block)
    {
        const ulong Block = (1UL << BlockIndex.BlockSize) - 1;
        if (_task.Accepted.IsEmpty) return Block;
        int first = block * BlockIndex.BlockSize;
        return ((ulong)_task.Accepted[first / ISimd.Batch] >> (first % ISimd.Batch)) & Block;
    }
}
