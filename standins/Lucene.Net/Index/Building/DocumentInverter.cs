using Lucene.Net.Analysis;
using Lucene.Net.Search.Similarities;
using Lucene.Net.Util;

namespace Lucene.Net.Index;

// Turns a document into what the index keeps of it. Each thread inverts its own documents, without a lock.
internal sealed class DocumentInverter(Analyzer analyzer, Similarity similarity)
{
    internal InvertedDocument Invert(IEnumerable<IIndexableField> document)
    {
        var result = new InvertedDocument();
        var indexed = new Dictionary<string, InvertedField>();
        foreach (IIndexableField value in document)
        {
            IIndexableFieldType type = value.IndexableFieldType;
            result.Names.Add(value.Name);
            AddStored(result, value, type);
            AddDocValues(result, value, type);
            if (type.IsIndexed)
            {
                bool isFirst = !indexed.TryGetValue(value.Name, out InvertedField? target);
                target ??= indexed[value.Name] = new InvertedField(value.Name);
                new FieldInverter(target, analyzer).Invert(value, type, isFirst);
            }
        }
        foreach (InvertedField inverted in indexed.Values)
        {
            inverted.Norm = inverted.OmitNorms ? 0 : similarity.ComputeNorm(inverted.State);
            result.Fields.Add(inverted);
        }
        return result;
    }

    private static void AddStored(InvertedDocument result, IIndexableField value, IIndexableFieldType type)
    {
        if (type.IsStored)
        {
            result.Stored.Add((value.Name, StoredValue(value)));
        }
    }

    private static object StoredValue(IIndexableField value)
    {
        if (value is Documents.Field { Value: not BytesRef and { } known })
        {
            return known;
        }
        return value.GetBinaryValue()?.Span.ToArray()
            ?? (object?)value.GetStringValue()
            ?? throw new ArgumentException($"Field {value.Name} has no value to store.");
    }

    private static void AddDocValues(InvertedDocument result, IIndexableField value, IIndexableFieldType type)
    {
        DocValuesType kind = type.DocValueType;
        if (kind == DocValuesType.NONE)
        {
            return;
        }
        if (kind != DocValuesType.SORTED_SET && result.DocValues.Exists(known => known.Field == value.Name))
        {
            throw new ArgumentException($"Field {value.Name} takes one doc value a document.");
        }
        object? column = kind == DocValuesType.NUMERIC ? value.GetInt64Value() : value.GetBinaryValue()?.Span.ToArray();
        column = column ?? throw new ArgumentException($"Field {value.Name} has no value for its {kind} doc values.");
        result.DocValues.Add((value.Name, kind, column));
    }
}
