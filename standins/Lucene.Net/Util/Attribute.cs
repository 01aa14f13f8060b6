namespace Lucene.Net.Util;

public interface IAttribute
{
    void CopyTo(IAttribute target);
}

public abstract class Attribute : IAttribute
{
    public abstract void Clear();

    public abstract void CopyTo(IAttribute target);
}
