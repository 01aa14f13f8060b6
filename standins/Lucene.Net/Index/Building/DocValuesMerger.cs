using Lucene.Net.Util;

namespace Lucene.Net.Index;

// Adds the doc values of a reader to those of the segment to be.
internal sealed class DocValuesMerger(SegmentBuilder target, AtomicReader reader, int[] newDocs)
{
    internal void Add(FieldInfo info)
    {
        switch (info.DocValuesType)
        {
            case DocValuesType.NUMERIC:
                AddNumbers(info.Name);
                break;
            case DocValuesType.BINARY:
                AddBytes(info.Name, reader.GetBinaryDocValues(info.Name));
                break;
            case DocValuesType.SORTED:
                AddBytes(info.Name, reader.GetSortedDocValues(info.Name));
                break;
            case DocValuesType.SORTED_SET:
                AddSets(info.Name);
                break;
            default:
                break;
        }
    }

    private void AddNumbers(string field)
    {
        NumericDocValues? values = reader.GetNumericDocValues(field);
        ForEachDocWith(field, doc => target.AddDocValue(field, newDocs[doc], values!.Get(doc)));
    }

    private void AddBytes(string field, BinaryDocValues? values)
    {
        var value = new BytesRef();
        ForEachDocWith(field, doc =>
        {
            values!.Get(doc, value);
            target.AddDocValue(field, newDocs[doc], value.Span.ToArray());
        });
    }

    private void AddSets(string field)
    {
        SortedSetDocValues? values = reader.GetSortedSetDocValues(field);
        var value = new BytesRef();
        ForEachDocWith(field, doc =>
        {
            values!.SetDocument(doc);
            for (long ord = values.NextOrd(); ord != SortedSetDocValues.NO_MORE_ORDS; ord = values.NextOrd())
            {
                values.LookupOrd(ord, value);
                target.AddDocValue(field, newDocs[doc], value.Span.ToArray());
            }
        });
    }

    private void ForEachDocWith(string field, Action<int> add)
    {
        IBits? present = reader.GetDocsWithField(field);
        for (int doc = 0; present is not null && doc < newDocs.Length; doc++)
        {
            if (newDocs[doc] >= 0 && present.Get(doc))
            {
                add(doc);
            }
        }
    }
}
