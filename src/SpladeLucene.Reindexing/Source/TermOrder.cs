using Lucene.Net.Index;
using Lucene.Net.Util;

namespace SpladeLucene.Reindexing.Source;

/// <summary>
/// Requires of an enumeration that each term comes after the one before. A damaged index of terms can lead Lucene round in a
/// circle, and a merge of it would write until the disk is full.
/// </summary>
internal sealed class TermOrder(string field, IComparer<BytesRef> comparer)
{
    private BytesRef? _last;

    /// <exception cref="CorruptIndexException">The term doesn't come after the last.</exception>
    public void Require(BytesRef term)
    {
        if (_last is not null && comparer.Compare(_last, term) >= 0)
            throw new CorruptIndexException($"the terms of the field '{field}' are out of order");
        (_last ??= new BytesRef()).CopyBytes(term);
    }
}
