using Lucene.Net.Index;

namespace Lucene.Net.Documents;

// Makes a document of the stored values of a reader, of all fields or of the ones named.
internal sealed class DocumentBuilder(ISet<string>? names) : StoredFieldVisitor
{
    internal Document Document { get; } = [];

    public override Status NeedsField(FieldInfo fieldInfo) =>
        names is null || names.Contains(fieldInfo.Name) ? Status.YES : Status.NO;

    public override void BinaryField(FieldInfo fieldInfo, byte[] value) =>
        Document.Add(new StoredField(fieldInfo.Name, value));

    public override void Int32Field(FieldInfo fieldInfo, int value) =>
        Document.Add(new StoredField(fieldInfo.Name, value));

    public override void Int64Field(FieldInfo fieldInfo, long value) =>
        Document.Add(new StoredField(fieldInfo.Name, value));

    public override void SingleField(FieldInfo fieldInfo, float value) =>
        Document.Add(new StoredField(fieldInfo.Name, value));

    public override void DoubleField(FieldInfo fieldInfo, double value) =>
        Document.Add(new StoredField(fieldInfo.Name, value));

    // The type of the field says how it is indexed, as far as the index knows.
    public override void StringField(FieldInfo fieldInfo, string value)
    {
        var type = new FieldType(TextField.TYPE_STORED)
        {
            IsIndexed = fieldInfo.IsIndexed,
            OmitNorms = fieldInfo.OmitsNorms,
            StoreTermVectors = fieldInfo.HasVectors,
            IndexOptions = fieldInfo.IndexOptions,
        };
        Document.Add(new Field(fieldInfo.Name, value, type));
    }
}
