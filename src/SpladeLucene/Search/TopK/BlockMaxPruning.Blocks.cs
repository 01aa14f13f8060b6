using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SpladeLucene.Impacts;
using SpladeLucene.Search.Costs;
using SpladeLucene.Search.Simd;

namespace SpladeLucene.Search.TopK;

internal readonly ref partial struct BlockMaxPruning<TSimd>
{
    // Blocks are scored a batch at a time, term after term, so that the reads of one don't wait for those of another.
    private const int VisitBatch = 32;

    // The last block's sums are compared together with what lies behind them.
    private const int BatchSums = (VisitBatch * BlockIndex.BlockSize) + ISimd.Batch;

    // So many terms are added until the blocks that can't reach the bar any more are left out.
    private const int TermsBetweenLooks = 4;

    private const ulong DocumentsOfBlock = (1UL << BlockIndex.BlockSize) - 1;

    /// <summary>Scores blocks until their bound is under the bar.</summary>
    /// <param name="blocks">By falling bound.</param>
    /// <param name="gathered">How many there are with those that can't be afforded, whose bounds aren't larger.</param>
    /// <param name="budget">Pays the visits.</param>
    /// <returns>Whether that point was reached; otherwise the bar hardly rises any more, and too many blocks are over it.</returns>
    private bool TryVisit(ReadOnlySpan<ulong> blocks, int gathered, ref VisitBudget budget)
    {
        Span<Visited> batch = stackalloc Visited[VisitBatch];
        Span<int> sums = stackalloc int[BatchSums];
        for (int next = 0; ; _task.Top.Tighten())
        {
            int count = 0, bar = Bar();
            int hopeful = Hopeful(blocks, next, BlockBar(), gathered);
            if (hopeful == next) return true;
            if (!budget.Affords(hopeful - next)) return false;
            for (; next < Math.Min(hopeful, blocks.Length) && count < VisitBatch; next++)
                batch[count++] = new Visited { Block = (int)(uint)blocks[next], Rest = _unit.SumOf((int)(blocks[next] >> 32)) + _allowance };
            Debug.Assert(count > 0, "As many blocks are gathered as can be afforded.");
            budget.Spent += count;
            sums.Clear();
            Collect(Accumulate(batch[..count], sums, bar), sums, bar);
        }
    }

    /// <summary>How many blocks' bounds reach the bar, as far as that is known; those before <paramref name="next"/> did.
    /// </summary>
    private static int Hopeful(ReadOnlySpan<ulong> blocks, int next, int bar, int gathered)
    {
        int end = blocks.Length;
        if (end == 0 || (int)(blocks[^1] >> 32) >= bar) return gathered;
        while (next < end)
        {
            int middle = next + ((end - next) / 2);
            if ((int)(blocks[middle] >> 32) >= bar) next = middle + 1;
            else end = middle;
        }

        return next;
    }

    /// <summary>Adds all terms' postings in the blocks. While those of a term are added, the next one's are found and asked
    /// for, and what it takes to find those of the one behind it.</summary>
    /// <returns>The blocks in which a document may reach the bar, with their sums in front.</returns>
    private Span<Visited> Accumulate(Span<Visited> batch, Span<int> sums, int bar)
    {
        ReadOnlySpan<SegmentTerm> terms = _visiting;
        AskWhere(terms[0], batch);
        if (terms.Length > 1) AskWhere(terms[1], batch);
        Locate(terms[0], batch);
        for (int t = 0; t < terms.Length; t++)
        {
            foreach (ref Visited visited in batch) visited.Place = visited.NextPlace;
            if (t + 2 < terms.Length) AskWhere(terms[t + 2], batch);
            if (t + 1 < terms.Length) Locate(terms[t + 1], batch);
            Accumulate(terms[t], batch, sums);
            if (t % TermsBetweenLooks == TermsBetweenLooks - 1) batch = Hopeful(batch, sums, bar);
        }

        return batch;
    }

    /// <summary>Asks for what <see cref="Locate"/> reads.</summary>
    private void AskWhere(SegmentTerm term, ReadOnlySpan<Visited> batch)
    {
        foreach (ref readonly Visited visited in batch)
        {
            int window = visited.Block / BlockIndex.BlocksPerWindow, block = visited.Block % BlockIndex.BlocksPerWindow;
            int slice = _impacts.Slice(term.Term, window), row = _blocks.RowOf(slice);
            (int start, int end) = _impacts.Bounds(slice);
            if (row >= 0) Prefetch.Read(ref _blocks.Rows(window)[row + BlockIndex.ByteOf(block)]);
            Prefetch.Read(ref _blocks.SkipOf(start, end, block << BlockIndex.BlockShift));
        }
    }

    /// <summary>Finds where each block's postings of the term begin; -1 where it has none.</summary>
    private void Locate(SegmentTerm term, Span<Visited> batch)
    {
        foreach (ref Visited visited in batch)
        {
            int window = visited.Block / BlockIndex.BlocksPerWindow, block = visited.Block % BlockIndex.BlocksPerWindow;
            int slice = _impacts.Slice(term.Term, window), row = _blocks.RowOf(slice);
            visited.NextPlace = -1;
            if (row >= 0 && BlockIndex.LevelIn(_blocks.Rows(window)[row + BlockIndex.ByteOf(block)], block) == 0) continue;
            (int start, int end) = _impacts.Bounds(slice);
            if (start == end) continue;
            visited.NextPlace = _blocks.Seek(start, end, block << BlockIndex.BlockShift);
            Prefetch.Read(ref _impacts.Ids[visited.NextPlace]);
            Prefetch.Read(ref _impacts.Impacts[visited.NextPlace]);
        }
    }

    private void Accumulate(SegmentTerm term, Span<Visited> batch, Span<int> sums)
    {
        bool isLight = _task.Light.Has(term);
        int units = _unit.WeightOf(term.Weight);
        for (int i = 0; i < batch.Length; i++)
        {
            ref Visited visited = ref batch[i];
            if (isLight) visited.Rest -= _task.Light.Allowance(term);
            if (visited.Place < 0) continue;
            int window = visited.Block / BlockIndex.BlocksPerWindow, block = visited.Block % BlockIndex.BlocksPerWindow;
            (_, int end) = _impacts.Bounds(_impacts.Slice(term.Term, window));
            int largest = AddPostings(visited.Place, end, (ushort)(block << BlockIndex.BlockShift), term.Weight,
                ref sums[i * BlockIndex.BlockSize]);
            if (!isLight) visited.Rest -= _unit.SumOf(units * BlockIndex.LevelOf(largest));
        }
    }

    /// <summary>Adds the postings from <paramref name="place"/> on that lie in the block at <paramref name="first"/>.
    /// </summary>
    /// <returns>The largest impact: what the term's part of the block's bound comes of.</returns>
    private int AddPostings(int place, int end, ushort first, int weight, ref int sums)
    {
        ref ushort ids = ref _impacts.Ids.First;
        ref byte impacts = ref _impacts.Impacts.First;
        int last = first + BlockIndex.BlockSize - 1, largest = 0;
        for (; place < end; place += ISimd.IdBatch)
        {
            ref ushort id = ref Unsafe.Add(ref ids, place);
            uint within = TSimd.Within(ref id, first, BlockIndex.BlockSize);
            int left = end - place;
            if (left < ISimd.IdBatch) within &= (1u << left) - 1;
            for (; within != 0; within &= within - 1)
            {
                int i = BitOperations.TrailingZeroCount(within);
                int impact = Unsafe.Add(ref impacts, place + i);
                largest = Math.Max(largest, impact);
                Unsafe.Add(ref sums, Unsafe.Add(ref id, i) - first) += weight * impact;
            }

            if (left <= ISimd.IdBatch || Unsafe.Add(ref id, ISimd.IdBatch - 1) >= last) break;
        }

        return largest;
    }

    /// <summary>The blocks in which a document's sum may still reach the bar, moved to the front with their sums.</summary>
    private static Span<Visited> Hopeful(Span<Visited> batch, Span<int> sums, int bar)
    {
        int kept = 0;
        for (int i = 0; i < batch.Length; i++)
        {
            Span<int> own = sums.Slice(i * BlockIndex.BlockSize, BlockIndex.BlockSize);
            if ((TSimd.AtLeast(ref own[0], bar - batch[i].Rest) & DocumentsOfBlock) == 0) continue;
            if (kept < i)
            {
                batch[kept] = batch[i];
                own.CopyTo(sums[(kept * BlockIndex.BlockSize)..]);
            }

            kept++;
        }

        return batch[..kept];
    }

    private void Collect(ReadOnlySpan<Visited> batch, Span<int> sums, int bar)
    {
        for (int i = 0; i < batch.Length; i++)
        {
            ulong wanted = AcceptedIn(batch[i].Block);
            for (int d = 0; d < BlockIndex.BlockSize; d++)
            {
                int sum = sums[(i * BlockIndex.BlockSize) + d];
                if (sum < bar || (wanted & (1UL << d)) == 0) continue;
                int doc = _task.DocBase + (batch[i].Block * BlockIndex.BlockSize) + d;
                if (_task.Top.Add(sum, doc)) bar = Bar();
            }
        }
    }

    /// <summary>The documents of a block that may be found, a bit each.</summary>
    private ulong AcceptedIn(int block)
    {
        if (_task.Accepted.IsEmpty) return DocumentsOfBlock;
        int first = block * BlockIndex.BlockSize;
        return ((ulong)_task.Accepted[first / ISimd.Batch] >> (first % ISimd.Batch)) & DocumentsOfBlock;
    }

    /// <summary>A block of a batch.</summary>
    private struct Visited
    {
        public int Block;

        /// <summary>The most that the terms which aren't added yet are expected to give a document.</summary>
        public int Rest;

        /// <summary>Where the postings of the term at hand, and of the next one, begin; -1 for none.</summary>
        public int Place, NextPlace;
    }
}
