using Lucene.Net.Analysis;

namespace Lucene.Net.Documents;

// Text that the analyzer cuts into terms.
public sealed class TextField : Field
{
    public static readonly FieldType TYPE_NOT_STORED = new FieldType { IsIndexed = true }.Freeze();
    public static readonly FieldType TYPE_STORED = new FieldType { IsIndexed = true, IsStored = true }.Freeze();

    public TextField(string name, string value, Store store)
        : base(name, value, store == Store.YES ? TYPE_STORED : TYPE_NOT_STORED)
    {
    }

    public TextField(string name, TextReader reader) : base(name, reader, TYPE_NOT_STORED)
    {
    }

    public TextField(string name, TokenStream stream) : base(name, stream, TYPE_NOT_STORED)
    {
    }
}
