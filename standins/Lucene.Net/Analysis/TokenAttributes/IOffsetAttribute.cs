using Lucene.Net.Util;

namespace Lucene.Net.Analysis.TokenAttributes;

// Where in the text a token comes from, in UTF-16 units.
public interface IOffsetAttribute : IAttribute
{
    int StartOffset { get; }

    int EndOffset { get; }

    void SetOffset(int startOffset, int endOffset);
}

public class OffsetAttribute : Util.Attribute, IOffsetAttribute
{
    public virtual int StartOffset { get; private set; }

    public virtual int EndOffset { get; private set; }

    public virtual void SetOffset(int startOffset, int endOffset)
    {
        if (startOffset < 0 || endOffset < startOffset)
        {
            throw new ArgumentException($"Offsets {startOffset} to {endOffset} are no range of a text.");
        }
        StartOffset = startOffset;
        EndOffset = endOffset;
    }

    public override void Clear() => SetOffset(0, 0);

    public override void CopyTo(IAttribute target) => ((IOffsetAttribute)target).SetOffset(StartOffset, EndOffset);
}
