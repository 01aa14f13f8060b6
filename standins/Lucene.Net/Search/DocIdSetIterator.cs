namespace Lucene.Net.Search;

// A walk over ascending document numbers, -1 before it starts.
public abstract class DocIdSetIterator
{
    public const int NO_MORE_DOCS = int.MaxValue;

    public abstract int DocID { get; }

    public abstract int NextDoc();

    // The first document at or after target, which lies behind the current one.
    public abstract int Advance(int target);

    // An estimate of how many documents there are.
    public abstract long GetCost();

    public static DocIdSetIterator GetEmpty() => new Empty();

    private sealed class Empty : DocIdSetIterator
    {
        private int _doc = -1;

        public override int DocID => _doc;

        public override int NextDoc() => _doc = NO_MORE_DOCS;

        public override int Advance(int target) => _doc = NO_MORE_DOCS;

        public override long GetCost() => 0;
    }
}
