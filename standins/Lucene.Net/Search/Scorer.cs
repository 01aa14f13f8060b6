using Lucene.Net.Index;

namespace Lucene.Net.Search;

// The documents that match, and the score of the one at hand.
public abstract class Scorer : DocsEnum
{
    protected Scorer(Weight weight)
    {
        Weight = weight;
    }

    public virtual Weight Weight { get; }

    public abstract float GetScore();
}
