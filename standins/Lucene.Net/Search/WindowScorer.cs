using System.Numerics;
using Lucene.Net.Index;

namespace Lucene.Net.Search;

// Adds up optional clauses window by window: each clause in turn writes into an array of the window's scores.
internal sealed class WindowScorer : BulkScorer
{
    private const int WindowSize = 2048;

    // In the order of the published scorer: first the prohibited clauses, then the optional ones, each backwards.
    private readonly List<Accumulator> _clauses = [];
    private readonly Weight _weight;
    private readonly int _minMatch;
    private readonly float[] _coords;

    private readonly double[] _sums = new double[WindowSize];
    private readonly int[] _matches = new int[WindowSize];
    private readonly bool[] _prohibited = new bool[WindowSize];
    private readonly ulong[] _touched = new ulong[WindowSize / 64];
    private int _windowStart = -WindowSize;
    private bool _mayHaveMore = true;

    internal WindowScorer(
        Weight weight, List<BulkScorer> optional, List<BulkScorer> prohibited, int minMatch, float[] coords)
    {
        _weight = weight;
        _minMatch = minMatch;
        _coords = coords;
        _clauses.AddRange(prohibited.Select(scorer => new Accumulator(this, scorer, true)).Reverse());
        _clauses.AddRange(optional.Select(scorer => new Accumulator(this, scorer, false)).Reverse());
    }

    public override bool Score(ICollector collector, int max)
    {
        var hit = new WindowHit(_weight);
        collector.SetScorer(hit);
        while (true)
        {
            if (!DrainWindow(collector, hit, max))
            {
                return true;
            }
            if (!_mayHaveMore)
            {
                return false;
            }
            FillNextWindow();
        }
    }

    private void FillNextWindow()
    {
        _windowStart += WindowSize;
        _mayHaveMore = false;
        foreach (Accumulator clause in _clauses)
        {
            _mayHaveMore |= clause.ScoreUpTo(_windowStart + WindowSize);
        }
    }

    // False if documents at or after max are left.
    private bool DrainWindow(ICollector collector, WindowHit hit, int max)
    {
        for (int word = 0; word < _touched.Length; word++)
        {
            while (_touched[word] != 0)
            {
                int slot = (word * 64) + BitOperations.TrailingZeroCount(_touched[word]);
                if (_windowStart + slot >= max)
                {
                    return false;
                }
                _touched[word] &= _touched[word] - 1;
                Collect(collector, hit, slot);
            }
        }
        return true;
    }

    private void Collect(ICollector collector, WindowHit hit, int slot)
    {
        if (!_prohibited[slot] && _matches[slot] >= _minMatch)
        {
            hit.Set(_windowStart + slot, _matches[slot], (float)(_sums[slot] * _coords[_matches[slot]]));
            collector.Collect(hit.DocID);
        }
        _sums[slot] = 0;
        _matches[slot] = 0;
        _prohibited[slot] = false;
    }

    private sealed class Accumulator(WindowScorer window, BulkScorer scorer, bool isProhibited) : ICollector
    {
        private Scorer? _scorer;
        private bool _mayHaveMore = true;

        public bool AcceptsDocsOutOfOrder => true;

        internal bool ScoreUpTo(int max) => _mayHaveMore = _mayHaveMore && scorer.Score(this, max);

        public void SetScorer(Scorer scorer) => _scorer = scorer;

        public void SetNextReader(AtomicReaderContext context)
        {
        }

        public void Collect(int doc)
        {
            int slot = doc % WindowSize;
            window._touched[slot / 64] |= 1UL << (slot % 64);
            window._prohibited[slot] |= isProhibited;
            window._sums[slot] += isProhibited ? 0 : _scorer!.GetScore();
            window._matches[slot] += isProhibited ? 0 : 1;
        }
    }

    // Stands for the document that is collected.
    private sealed class WindowHit(Weight weight) : Scorer(weight)
    {
        private int _doc = -1;
        private int _freq;
        private float _score;

        public override int DocID => _doc;

        public override int Freq => _freq;

        public override int NextDoc() => throw new NotSupportedException();

        public override int Advance(int target) => throw new NotSupportedException();

        public override long GetCost() => 1;

        public override float GetScore() => _score;

        internal void Set(int doc, int freq, float score) => (_doc, _freq, _score) = (doc, freq, score);
    }
}
