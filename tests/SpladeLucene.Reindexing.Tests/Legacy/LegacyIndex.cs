using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Store;

namespace SpladeLucene.Reindexing.Tests;

/// <summary>
/// Writes an index as an application may have left it: no SPLADE field, all kinds of everything else.
/// </summary>
internal static class LegacyIndex
{
    public static void Write(string folder, LegacyShape shape)
    {
        using FSDirectory directory = FSDirectory.Open(folder);
        Write(directory, shape, LegacyDocuments.Of(shape));
    }

    public static void Write(Directory directory, LegacyShape shape, IReadOnlyList<Document> documents)
    {
        IndexWriterConfig config = TestIndex.Config();
        config.MergePolicy = NoMergePolicy.COMPOUND_FILES;
        shape.Configure?.Invoke(config);
        using var writer = new IndexWriter(directory, config);
        foreach ((int start, int end) in shape.Borders.Zip(shape.Borders.Skip(1)))
        {
            foreach (Document document in documents.Take(end).Skip(start)) writer.AddDocument(document);
            writer.Commit();
        }

        Delete(writer, shape);
        writer.SetCommitData(new Dictionary<string, string> { ["owner"] = "the application", ["empty"] = "", ["grüße"] = "𐐷" });
    }

    public static string IdOf(int number) => $"doc{number}";

    private static void Delete(IndexWriter writer, LegacyShape shape)
    {
        foreach (int number in Deleted(shape)) writer.DeleteDocuments(new Term(LegacyFields.Id, IdOf(number)));
    }

    private static IEnumerable<int> Deleted(LegacyShape shape)
    {
        int[] borders = [.. shape.Borders];
        IEnumerable<int> all = Enumerable.Range(0, shape.Documents);
        return shape.Deletions switch
        {
            Deletions.None => [],
            Deletions.Everything => all,
            Deletions.WholeSegment => all.Where(number => shape.Segments > 1 && number >= borders[1] && number < borders[2]),
            Deletions.AllButOne => all.Except(borders.Zip(borders.Skip(1), (start, end) => (start + end) / 2)),
            _ => all.Where(number => number % 4 == 1 || borders.Contains(number) || borders.Contains(number + 1)),
        };
    }
}
