using System.Security.Cryptography;
using System.Text;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Store;
using Lucene.Net.Util;

namespace SpladeLucene.Reindexing.Tests;

/// <summary>What a migration adds to each live document, as the target says it and as it should be.</summary>
internal static class SpladeListing
{
    /// <summary>The postings of the SPLADE field and the value of the hash field.</summary>
    public static IEnumerable<Fact> Of(IndexReader reader, ReindexMapping mapping)
    {
        int next = 0;
        foreach (AtomicReader segment in reader.Leaves.Select(leaf => leaf.AtomicReader))
        {
            List<(string Name, string Value)>[] postings = PostingListing.ByDocument(segment, [mapping.TargetField]);
            for (int doc = 0; doc < segment.MaxDoc; doc++)
            {
                if (segment.LiveDocs is { } live && !live.Get(doc)) continue;
                string subject = $"document {next++}";
                foreach ((string name, string value) in postings[doc]) yield return new Fact(subject, name, value);
                yield return new Fact(subject, "hash", HashOf(segment, doc, mapping.HashField));
            }
        }
    }

    /// <summary>The same of an index that holds nothing but <paramref name="texts"/>, one document each.</summary>
    public static IReadOnlyList<Fact> Expected(
        IEnumerable<string?> texts, ReindexMapping mapping, ISparseEncoder encoder, ReindexOptions options)
    {
        using var directory = new RAMDirectory();
        using (var writer = new IndexWriter(directory, TestIndex.Config()))
        {
            foreach (string? text in texts) writer.AddDocument(DocumentOf(text, mapping, encoder, options));
        }

        using DirectoryReader reader = DirectoryReader.Open(directory);
        return [.. Of(reader, mapping)];
    }

    /// <summary>The text that a mapping makes of each live document of a source; null where it has none.</summary>
    public static IEnumerable<string?> TextsOf(
        IndexReader source, ReindexMapping mapping, Func<ReindexSource, string?>? textOf = null)
    {
        foreach (SegmentReader segment in source.Leaves.Select(leaf => (SegmentReader)leaf.AtomicReader))
        {
            for (int doc = 0; doc < segment.MaxDoc; doc++)
            {
                if (segment.LiveDocs is null || segment.LiveDocs.Get(doc)) yield return TextOf(segment, doc, mapping, textOf);
            }
        }
    }

    /// <summary>The text of one document, deleted or not; null where it has none.</summary>
    public static string? TextOf(
        SegmentReader segment, int doc, ReindexMapping mapping, Func<ReindexSource, string?>? textOf = null)
    {
        Document stored = segment.Document(doc);
        string[] values = [.. mapping.SourceFields.SelectMany(stored.GetValues)];
        return values.Length > 0
            ? string.Join('\n', values)
            : textOf?.Invoke(new ReindexSource(stored, mapping, segment.SegmentName, doc));
    }

    /// <summary>A document that has what a mapping adds for a text, and nothing else.</summary>
    public static Document DocumentOf(
        string? text, ReindexMapping mapping, ISparseEncoder encoder, ReindexOptions options)
    {
        SparseVector vector = text is null ? SparseVector.Empty : encoder.Encode(text);
        int? length = options.Format.Offsets ? text?.Length ?? 0 : null;
        Document document = TestIndex.Document(new SpladeField(
            mapping.TargetField, vector, encoder.Fingerprint, options.Format, length));
        if (text is not null)
        {
            byte[] hash = SHA256.HashData(Encoding.Unicode.GetBytes(text))[..16];
            document.Add(new BinaryDocValuesField(mapping.HashField, new BytesRef(hash)));
        }

        return document;
    }

    private static string HashOf(AtomicReader segment, int doc, string name)
    {
        if (segment.GetBinaryDocValues(name) is not { } values || !segment.GetDocsWithField(name).Get(doc)) return "none";
        var value = new BytesRef();
        values.Get(doc, value);
        return value.ToString();
    }
}
