using Lucene.Net.Index;
using Lucene.Net.Util;

namespace SpladeLucene.Reindexing.Tests;

/// <summary>The norm and the doc values of a document.</summary>
internal static class ColumnListing
{
    public static IEnumerable<(string Name, string Value)> Of(AtomicReader segment, int doc, string field)
    {
        if (segment.GetNormValues(field) is { } norms) yield return ($"norm of '{field}'", $"{norms.Get(doc)}");
        FieldInfo info = segment.FieldInfos.FieldInfo(field);
        if (!info.HasDocValues) yield break;
        bool present = segment.GetDocsWithField(field) is { } documents && documents.Get(doc);
        string value = ValueOf(segment, doc, info);
        yield return ($"{info.DocValuesType} doc value of '{field}'", present ? value : $"missing ({value})");
    }

    private static string ValueOf(AtomicReader segment, int doc, FieldInfo info)
    {
        var bytes = new BytesRef();
        switch (info.DocValuesType)
        {
            case DocValuesType.NUMERIC:
                return $"{segment.GetNumericDocValues(info.Name)!.Get(doc)}";
            case DocValuesType.BINARY:
                segment.GetBinaryDocValues(info.Name)!.Get(doc, bytes);
                return bytes.ToString();
            case DocValuesType.SORTED:
                segment.GetSortedDocValues(info.Name)!.Get(doc, bytes);
                return bytes.ToString();
            default:
                return SetOf(segment.GetSortedSetDocValues(info.Name)!, doc);
        }
    }

    private static string SetOf(SortedSetDocValues values, int doc)
    {
        var found = new List<string>();
        values.SetDocument(doc);
        for (long ord = values.NextOrd(); ord != SortedSetDocValues.NO_MORE_ORDS; ord = values.NextOrd())
        {
            var bytes = new BytesRef();
            values.LookupOrd(ord, bytes);
            found.Add(bytes.ToString());
        }

        return string.Join(", ", found);
    }
}
