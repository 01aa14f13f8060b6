namespace Lucene.Net.Index;

// The indexed fields of a segment, or of one document's term vectors, in order of their names.
internal sealed class SegmentFields : Fields
{
    private readonly SortedDictionary<string, SegmentTerms> _terms = new(StringComparer.Ordinal);

    public override int Count => _terms.Count;

    public override Terms GetTerms(string field) => _terms.GetValueOrDefault(field);

    public override IEnumerator<string> GetEnumerator() => _terms.Keys.GetEnumerator();

    internal void Add(string field, SegmentTerms terms) => _terms.Add(field, terms);

    internal void WriteTo(BinaryWriter writer)
    {
        writer.Write(_terms.Count);
        foreach ((string field, SegmentTerms terms) in _terms)
        {
            writer.Write(field);
            terms.WriteTo(writer);
        }
    }

    internal static SegmentFields Read(BinaryReader reader)
    {
        var fields = new SegmentFields();
        for (int count = reader.ReadInt32(); count > 0; count--)
        {
            string field = reader.ReadString();
            fields.Add(field, SegmentTerms.Read(reader));
        }
        return fields;
    }
}
