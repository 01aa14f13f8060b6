using Lucene.Net.Documents;
using Lucene.Net.Index;

namespace SpladeLucene.Reindexing.Tests;

/// <summary>
/// Something that a migration could lose or change, brought about in the documents before they are written.
/// </summary>
/// <param name="Name">What is lost.</param>
/// <param name="Says">A part of the sentence by which the comparer has to say so.</param>
/// <param name="Inflict">Changes the documents.</param>
internal sealed partial record Loss(string Name, string Says, Action<List<Document>> Inflict)
{
    public static IEnumerable<Loss> All =>
        [.. OfDocuments, .. OfStoredValues, .. OfColumns, .. OfPostings, .. OfVectors];

    /// <summary>The documents that are changed: all that have everything, in one segment.</summary>
    public static LegacyShape Shape { get; } = new(30, 1)
    {
        More = (document, _) => document.Add(new Field(
            "once", new LegacyTokens([new LegacyToken("once", 1, 0, 4, null)]),
            LegacyFields.Indexed(IndexOptions.DOCS_AND_FREQS))),
    };

    private static IEnumerable<Loss> OfDocuments =>
    [
        new("last document", "no document 29", all => all.RemoveAt(all.Count - 1)),
        new("document in the middle", "document 12", all => all.RemoveAt(12)),
        new("document twice", "one more: document 30", all => all.Add(LegacyDocuments.Of(Shape)[^1])),
        new("two documents in another order", "document 4", all => (all[4], all[5]) = (all[5], all[4])),
    ];

    private static IEnumerable<Loss> OfStoredValues =>
    [
        new("stored value", "lost stored value", all => all.Remove("only_in_segment0")),
        new("end of a text", "title, text",
            all => all.Replace("title", old => new TextField("title", old.GetStringValue()[1..], Field.Store.YES))),
        new("int as long", "int, int",
            all => all.Replace("int", old => new StoredField("int", old.GetInt64Value()!.Value))),
        new("long as text", "long, long",
            all => all.Replace("long", old => new StoredField("long", old.GetStringValue()))),
        new("last bit of a float", "single, float",
            all => all.Replace("single", old => new StoredField("single", MathF.BitIncrement(old.GetSingleValue()!.Value)))),
        new("last bit of a double", "double, double",
            all => all.Replace("double", old => new StoredField("double", Math.BitIncrement(old.GetDoubleValue()!.Value)))),
        new("byte of bytes", "bytes, bytes",
            all => all.Replace("bytes", old => new StoredField("bytes", [.. old.GetBinaryValue().Bytes, 0]))),
        new("order of stored values", "stored value", all => all.Swap("int", "long")),
    ];

    private static IEnumerable<Loss> OfColumns =>
    [
        new("boost", "norm of 'boosted'", all => all.Boost("boosted", 1)),
        new("norms", "norm of 'positions'", all => all.Retype("positions", type => type.OmitNorms = true)),
        new("numeric doc value", "NUMERIC doc value of 'number' was", all => all.Remove("number")),
        new("binary doc value", "BINARY doc value of 'binary' was", all => all.Remove("binary")),
        new("sorted doc value", "SORTED doc value of 'sorted' was", all => all.Remove("sorted")),
        new("one of a set of doc values", "SORTED_SET doc value of 'set' was", all => all.Remove("set")),
        new("numeric doc value that was none", "'number' was missing",
            all => all.AddWhereMissing(new NumericDocValuesField("number", 0))),
        new("number of a doc value", "NUMERIC doc value of 'number' was",
            all => all.Replace("number", _ => new NumericDocValuesField("number", 5))),
    ];
}
