using System.Globalization;
using System.Text;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;

namespace SpladeLucene.StandIns.Tests;

// All that a reader of one segment gives out, as text.
internal static class Digest
{
    internal static string Of(DirectoryReader reader)
    {
        AtomicReader leaf = Assert.Single(reader.Leaves).AtomicReader;
        var text = new StringBuilder();
        foreach (FieldInfo info in leaf.FieldInfos.OrderBy(info => info.Name, StringComparer.Ordinal))
        {
            Line(text, $"{info.Name} {info.IndexOptions} {info.HasNorms} {info.HasPayloads} {info.HasVectors}");
            Line(text, $"{info.DocValuesType}");
        }
        AddFields(text, leaf.Fields!);
        for (int doc = 0; doc < leaf.MaxDoc; doc++)
        {
            AddDocument(text, leaf, doc);
        }
        return text.ToString();
    }

    private static void AddFields(StringBuilder text, Fields fields)
    {
        foreach (string field in fields)
        {
            Terms terms = fields.GetTerms(field)!;
            Line(text, $"{field} {terms.Count} {terms.DocCount} {terms.SumDocFreq} {terms.SumTotalTermFreq}");
            TermsEnum each = terms.GetEnumerator();
            while (each.MoveNext())
            {
                Line(text, $"{each.Term.Utf8ToString()} {each.DocFreq} {each.TotalTermFreq} {Postings(each)}");
            }
        }
    }

    private static string Postings(TermsEnum term)
    {
        var text = new StringBuilder();
        DocsAndPositionsEnum? positions = term.DocsAndPositions(null, null);
        DocsEnum docs = positions ?? term.Docs(null, null);
        while (docs.NextDoc() != DocIdSetIterator.NO_MORE_DOCS)
        {
            text.Append(CultureInfo.InvariantCulture, $" {docs.DocID}x{docs.Freq}");
            for (int i = 0; positions is not null && i < positions.Freq; i++)
            {
                text.Append(CultureInfo.InvariantCulture, $"@{positions.NextPosition()}");
                text.Append(CultureInfo.InvariantCulture, $":{positions.StartOffset}-{positions.EndOffset}");
                text.Append(positions.GetPayload());
            }
        }
        return text.ToString();
    }

    private static void AddDocument(StringBuilder text, AtomicReader leaf, int doc)
    {
        foreach (IIndexableField stored in leaf.Document(doc))
        {
            Line(text, $"{stored.Name}={stored.GetStringValue()}{stored.GetBinaryValue()}");
        }
        Line(text, $"norm {leaf.GetNormValues("vectors")!.Get(doc)} {leaf.GetNormValues("payloads")!.Get(doc)}");
        Line(text, $"number {leaf.GetNumericDocValues("number")!.Get(doc)}");
        Line(text, $"has a number: {leaf.GetDocsWithField("number")!.Get(doc)}");
        AddBytes(text, leaf.GetBinaryDocValues("binary")!, doc);
        AddBytes(text, leaf.GetSortedDocValues("sorted")!, doc);
        Line(text, $"ord {leaf.GetSortedDocValues("sorted")!.GetOrd(doc)}");
        AddSet(text, leaf.GetSortedSetDocValues("set")!, doc);
        AddFields(text, leaf.GetTermVectors(doc)!);
    }

    private static void AddBytes(StringBuilder text, BinaryDocValues values, int doc)
    {
        var value = new BytesRef();
        values.Get(doc, value);
        Line(text, $"{value}");
    }

    private static void AddSet(StringBuilder text, SortedSetDocValues values, int doc)
    {
        var value = new BytesRef();
        values.SetDocument(doc);
        for (long ord = values.NextOrd(); ord != SortedSetDocValues.NO_MORE_ORDS; ord = values.NextOrd())
        {
            values.LookupOrd(ord, value);
            Line(text, $"{ord} {value}");
        }
    }

    private static void Line(StringBuilder text, FormattableString line) =>
        text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
