using Lucene.Net.Index;

namespace Lucene.Net.Documents;

// A string that is one term as it stands, such as an id.
public sealed class StringField : Field
{
    public static readonly FieldType TYPE_NOT_STORED = WholeTerm(stored: false);
    public static readonly FieldType TYPE_STORED = WholeTerm(stored: true);

    public StringField(string name, string value, Store stored)
        : base(name, value, stored == Store.YES ? TYPE_STORED : TYPE_NOT_STORED)
    {
    }

    private static FieldType WholeTerm(bool stored) => new FieldType
    {
        IsIndexed = true,
        IsStored = stored,
        IsTokenized = false,
        OmitNorms = true,
        IndexOptions = IndexOptions.DOCS_ONLY,
    }.Freeze();
}
