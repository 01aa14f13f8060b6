namespace Lucene.Net.Util;

public interface IBits
{
    bool Get(int index);

    int Length { get; }
}
