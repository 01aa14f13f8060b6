using System.Globalization;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Microsoft.Extensions.VectorData.ProviderServices;
using SpladeLucene.Encoding;

namespace SpladeLucene.Model;

/// <summary>Makes documents of records and records of documents.</summary>
internal sealed class RecordFields(CollectionModel model)
{
    private readonly (DataPropertyModel Property, FieldValues Values)[] _data =
        [.. model.DataProperties.Select(property => (property, FieldValues.Of(property.Type)!))];

    private readonly FieldValues? _ordinals = OrdinalValues.Of(model.KeyProperty.Type);

    public CollectionModel Model => model;

    /// <summary>The term that a record is told apart by.</summary>
    public Term KeyTerm(object key) => key.GetType() == model.KeyProperty.Type
        ? new Term(model.KeyProperty.StorageName, FieldKeys.ToText(key))
        : throw new ArgumentException($"The key is a {key.GetType().Name}, and the collection's keys are {model.KeyProperty.Type.Name}.", nameof(key));

    /// <summary>The document of a record, without its vectors.</summary>
    /// <exception cref="ArgumentException">A value can't be indexed; the message names its property.</exception>
    public Document ToDocument(object record, object key)
    {
        var document = new Document();
        string keyField = model.KeyProperty.StorageName;
        var term = new Lucene.Net.Util.BytesRef(FieldKeys.ToText(key));
        if (term.Length > IndexWriter.MAX_TERM_LENGTH)
        {
            throw new ArgumentException($"The key of a record, '{model.KeyProperty.ModelName}', has {term.Length} bytes, and a key "
                + $"{IndexWriter.MAX_TERM_LENGTH} at most.", nameof(key));
        }

        document.Add(new StringField(keyField, FieldKeys.ToText(key), Field.Store.YES));
        document.Add(new SortedDocValuesField(keyField, term));
        _ordinals?.Index(document, FieldNames.Ordinal(keyField), key);
        foreach ((DataPropertyModel property, FieldValues values) in _data) Add(document, property, values, property.GetValueAsObject(record));
        return document;
    }

    /// <summary>The record of a document.</summary>
    /// <param name="document">Its stored fields.</param>
    /// <param name="withVectors">Whether vectors are read.</param>
    public TRecord ToRecord<TRecord>(Document document, bool withVectors)
    {
        TRecord record = model.CreateRecord<TRecord>();
        KeyPropertyModel key = model.KeyProperty;
        key.SetValueAsObject(record!, FieldKeys.Parse(document.Get(key.StorageName, CultureInfo.InvariantCulture), key.Type));
        string[] nulls = document.GetValues(FieldNames.Nulls, CultureInfo.InvariantCulture);
        foreach ((DataPropertyModel property, FieldValues values) in _data)
        {
            bool isNull = nulls.Contains(property.StorageName, StringComparer.Ordinal);
            property.SetValueAsObject(record!, isNull ? null : values.Read(document, property.StorageName));
        }

        if (!withVectors) return record;
        foreach (VectorPropertyModel vector in model.VectorProperties)
        {
            vector.SetValueAsObject(record!, document.GetBinaryValue(vector.StorageName) is { } json
                ? StoredEmbedding.Read(json.Bytes.AsSpan(json.Offset, json.Length)) : null);
        }

        return record;
    }

    private static void Add(Document document, DataPropertyModel property, FieldValues values, object? value)
    {
        string field = property.StorageName;
        if (value is null)
        {
            document.Add(new StringField(FieldNames.Nulls, field, Field.Store.YES));
            return;
        }

        try
        {
            values.Store(document, field, value);
            if (property.IsIndexed) values.Index(document, field, value);
        }
        catch (FieldValueException problem)
        {
            throw new ArgumentException($"Property '{property.ModelName}' can't be indexed: {problem.Message}.", nameof(value), problem);
        }

        if (!property.IsFullTextIndexed) return;
        foreach (string text in value is string one ? [one] : (IEnumerable<string>)value)
            document.Add(new TextField(FieldNames.Words(field), text, Field.Store.NO));
    }
}
