using Lucene.Net.Util;

namespace Lucene.Net.Index;

public abstract class NumericDocValues
{
    public abstract long Get(int docID);
}

public abstract class BinaryDocValues
{
    public abstract void Get(int docID, BytesRef result);
}

// Values numbered in their order; a document without one has the number -1.
public abstract class SortedDocValues : BinaryDocValues
{
    public abstract int ValueCount { get; }

    public abstract int GetOrd(int docID);

    public abstract void LookupOrd(int ord, BytesRef result);

    public override void Get(int docID, BytesRef result)
    {
        int ord = GetOrd(docID);
        if (ord < 0)
        {
            result.Refer([]);
        }
        else
        {
            LookupOrd(ord, result);
        }
    }
}

public abstract class SortedSetDocValues
{
    public static readonly long NO_MORE_ORDS = -1;

    public abstract long ValueCount { get; }

    public abstract void SetDocument(int docID);

    public abstract long NextOrd();

    public abstract void LookupOrd(long ord, BytesRef result);
}
