using Lucene.Net.Analysis.TokenAttributes;
using Lucene.Net.Util;

namespace Lucene.Net.Analysis;

// Consumed as Reset, IncrementToken until it is false, End, Dispose; reusable after that.
public abstract class TokenStream : AttributeSource, IDisposable
{
    protected TokenStream()
    {
    }

    protected TokenStream(AttributeSource input) : base(input)
    {
    }

    public abstract bool IncrementToken();

    public virtual void Reset()
    {
    }

    // Leaves the attributes in the state after the last token: no position increment, the final offset.
    public virtual void End()
    {
        ClearAttributes();
        if (HasAttribute<IPositionIncrementAttribute>())
        {
            GetAttribute<IPositionIncrementAttribute>().PositionIncrement = 0;
        }
    }

    public void Dispose() => Dispose(true);

    protected virtual void Dispose(bool disposing)
    {
    }
}
