using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Util;

namespace SpladeLucene.Tests.LuceneContracts;

/// <summary>TextVisitor: stored values come in their order, and a visitor may stop.</summary>
public sealed class StoredValuesTests : IDisposable
{
    private readonly DirectoryReader _reader = TestIndex.Of([TestIndex.Document(
        new TextField("text", "some text", Field.Store.YES),
        new StoredField("bytes", new byte[] { 0, 255 }),
        new StoredField("int", int.MinValue),
        new StoredField("long", long.MaxValue),
        new StoredField("single", 0.1f),
        new StoredField("double", 0.1),
        new StoredField("text", "more 𝒳"),
        new TextField("unstored", "gone", Field.Store.NO))]);

    [Fact]
    public void Document_ThroughAVisitor_GivesEachValueInOrder()
    {
        var visitor = new Recorder(_ => StoredFieldVisitor.Status.YES);
        _reader.Document(0, visitor);

        Assert.Equal(
            [
                "text some text", "bytes [0 ff]", "int -2147483648", "long 9223372036854775807",
                "single 0.1", "double 0.1", "text more 𝒳",
            ],
            visitor.Seen);
    }

    [Fact]
    public void Document_VisitorThatStops_GivesNothingMore()
    {
        var visitor = new Recorder(name => name switch
        {
            "bytes" => StoredFieldVisitor.Status.NO,
            "long" => StoredFieldVisitor.Status.STOP,
            _ => StoredFieldVisitor.Status.YES,
        });
        _reader.Document(0, visitor);

        Assert.Equal(["text some text", "int -2147483648"], visitor.Seen);
    }

    [Fact]
    public void Document_VisitorThatTakesNothing_IsFine() => _reader.Document(0, new Silent());

    public void Dispose() => _reader.Dispose();

    private sealed class Recorder(Func<string, StoredFieldVisitor.Status> choose) : StoredFieldVisitor
    {
        public List<string> Seen { get; } = [];

        public override Status NeedsField(FieldInfo fieldInfo) => choose(fieldInfo.Name);

        public override void BinaryField(FieldInfo fieldInfo, byte[] value) => Add(fieldInfo, new BytesRef(value));

        public override void StringField(FieldInfo fieldInfo, string value) => Add(fieldInfo, value);

        public override void Int32Field(FieldInfo fieldInfo, int value) => Add(fieldInfo, value);

        public override void Int64Field(FieldInfo fieldInfo, long value) => Add(fieldInfo, value);

        public override void SingleField(FieldInfo fieldInfo, float value) => Add(fieldInfo, value);

        public override void DoubleField(FieldInfo fieldInfo, double value) => Add(fieldInfo, value);

        private void Add(FieldInfo info, object value) => Seen.Add(FormattableString.Invariant($"{info.Name} {value}"));
    }

    private sealed class Silent : StoredFieldVisitor
    {
        public override Status NeedsField(FieldInfo fieldInfo) => Status.YES;
    }
}
