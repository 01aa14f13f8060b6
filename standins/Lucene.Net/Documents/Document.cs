using System.Collections;
using Lucene.Net.Index;
using Lucene.Net.Util;

namespace Lucene.Net.Documents;

// A list of fields, in the order in which they were added.
public sealed class Document : IEnumerable<IIndexableField>
{
    private readonly List<IIndexableField> _fields = [];

    public IList<IIndexableField> Fields => _fields;

    public void Add(IIndexableField field) => _fields.Add(field);

    public IIndexableField GetField(string name) => _fields.Find(f => f.Name == name);

    public IIndexableField[] GetFields(string name) => [.. _fields.Where(f => f.Name == name)];

    public string Get(string name) => Named(name).Select(f => f.GetStringValue()).FirstOrDefault(v => v is not null);

    public string[] GetValues(string name) => [.. Named(name).Select(f => f.GetStringValue()).OfType<string>()];

    public BytesRef GetBinaryValue(string name) =>
        Named(name).Select(f => f.GetBinaryValue()).FirstOrDefault(v => v is not null);

    public IEnumerator<IIndexableField> GetEnumerator() => _fields.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private IEnumerable<IIndexableField> Named(string name) => _fields.Where(f => f.Name == name);
}
