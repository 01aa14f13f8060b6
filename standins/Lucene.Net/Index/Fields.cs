using System.Collections;

namespace Lucene.Net.Index;

// The indexed fields of a reader, or of one document's term vectors, by name.
public abstract class Fields : IEnumerable<string>
{
    public abstract int Count { get; }

    public abstract Terms GetTerms(string field);

    public abstract IEnumerator<string> GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
