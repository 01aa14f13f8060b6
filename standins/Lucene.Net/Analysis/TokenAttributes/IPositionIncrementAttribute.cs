using Lucene.Net.Util;

namespace Lucene.Net.Analysis.TokenAttributes;

// How far a token's position lies behind that of the token before it.
public interface IPositionIncrementAttribute : IAttribute
{
    int PositionIncrement { get; set; }
}

public class PositionIncrementAttribute : Util.Attribute, IPositionIncrementAttribute
{
    private int _increment = 1;

    public virtual int PositionIncrement
    {
        get => _increment;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _increment = value;
        }
    }

    public override void Clear() => _increment = 1;

    public override void CopyTo(IAttribute target) =>
        ((IPositionIncrementAttribute)target).PositionIncrement = _increment;
}
