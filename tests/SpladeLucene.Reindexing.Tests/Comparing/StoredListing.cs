using System.Globalization;
using Lucene.Net.Index;

namespace SpladeLucene.Reindexing.Tests;

/// <summary>The stored values of a document in their order, with their types and exact values.</summary>
internal sealed class StoredListing(IReadOnlyCollection<string> leaveOut) : StoredFieldVisitor
{
    private readonly List<(string Name, string Value)> _facts = [];

    public IEnumerable<(string Name, string Value)> Facts => _facts;

    public override Status NeedsField(FieldInfo fieldInfo) =>
        leaveOut.Contains(fieldInfo.Name) ? Status.NO : Status.YES;

    public override void StringField(FieldInfo fieldInfo, string value) => Add(fieldInfo, "text", $"'{value}'");

    public override void BinaryField(FieldInfo fieldInfo, byte[] value) =>
        Add(fieldInfo, "bytes", Convert.ToHexString(value));

    public override void Int32Field(FieldInfo fieldInfo, int value) => Add(fieldInfo, "int", $"{value}");

    public override void Int64Field(FieldInfo fieldInfo, long value) => Add(fieldInfo, "long", $"{value}");

    public override void SingleField(FieldInfo fieldInfo, float value) =>
        Add(fieldInfo, "float", $"{value:R} ({BitConverter.SingleToInt32Bits(value):x})");

    public override void DoubleField(FieldInfo fieldInfo, double value) =>
        Add(fieldInfo, "double", $"{value:R} ({BitConverter.DoubleToInt64Bits(value):x})");

    private void Add(FieldInfo field, string type, FormattableString value) =>
        Add(field, type, value.ToString(CultureInfo.InvariantCulture));

    private void Add(FieldInfo field, string type, string value) =>
        _facts.Add(($"stored value {_facts.Count}", $"{field.Name}, {type} {value}"));
}
