namespace Lucene.Net.Index;

// Takes the stored values of a document of one index and writes the record for another.
internal sealed class StoredFieldCopier : StoredFieldVisitor, IDisposable
{
    private readonly FieldInfos _fields;
    private readonly MemoryStream _record = new();
    private readonly BinaryWriter _writer;

    internal StoredFieldCopier(FieldInfos fields)
    {
        _fields = fields;
        _writer = new BinaryWriter(_record);
    }

    public override Status NeedsField(FieldInfo fieldInfo) => Status.YES;

    public override void BinaryField(FieldInfo fieldInfo, byte[] value) => Write(fieldInfo, value);

    public override void StringField(FieldInfo fieldInfo, string value) => Write(fieldInfo, value);

    public override void Int32Field(FieldInfo fieldInfo, int value) => Write(fieldInfo, value);

    public override void Int64Field(FieldInfo fieldInfo, long value) => Write(fieldInfo, value);

    public override void SingleField(FieldInfo fieldInfo, float value) => Write(fieldInfo, value);

    public override void DoubleField(FieldInfo fieldInfo, double value) => Write(fieldInfo, value);

    public void Dispose() => _writer.Dispose();

    internal byte[] ToArray()
    {
        _writer.Flush();
        return _record.ToArray();
    }

    private void Write(FieldInfo info, object value) =>
        StoredRecord.Write(_writer, _fields.GetOrAdd(info.Name).Number, value);
}
