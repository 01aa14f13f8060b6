using System.Diagnostics.CodeAnalysis;
using Lucene.Net.Search;
using Lucene.Net.Util;

namespace Lucene.Net.Index;

// The documents of a term.
public abstract class DocsEnum : DocIdSetIterator
{
    public abstract int Freq { get; }
}

// The documents of a term and its occurrences in each.
public abstract class DocsAndPositionsEnum : DocsEnum
{
    public abstract int StartOffset { get; }

    public abstract int EndOffset { get; }

    public abstract int NextPosition();

    public abstract BytesRef GetPayload();
}

[Flags]
[SuppressMessage("Naming", "CA1726", Justification = "A published name.")]
public enum DocsFlags
{
    NONE = 0,
    FREQS = 1,
}

[Flags]
[SuppressMessage("Naming", "CA1726", Justification = "A published name.")]
public enum DocsAndPositionsFlags
{
    NONE = 0,
    OFFSETS = 1,
    PAYLOADS = 2,
}
