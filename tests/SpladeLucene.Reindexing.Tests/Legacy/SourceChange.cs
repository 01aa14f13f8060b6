using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Store;

namespace SpladeLucene.Reindexing.Tests;

/// <summary>Changes a legacy index as its application would: documents come, go, and change in all they have.</summary>
internal static class SourceChange
{
    private const int Documents = 60;

    public static void Apply(string source, LegacyShape shape, Random random)
    {
        int seed = random.Next();
        using FSDirectory directory = FSDirectory.Open(source);
        IndexWriterConfig config = TestIndex.Config();
        config.MergePolicy = NoMergePolicy.COMPOUND_FILES;
        using var writer = new IndexWriter(directory, config);
        List<Document> fresh = LegacyDocuments.Of(shape with { Documents = Documents, Segments = 1, Seed = seed });
        foreach ((int number, Document document) in fresh.Index())
        {
            string replaced = LegacyIndex.IdOf(random.Next(shape.Documents));
            string id = number % 3 == 0 ? $"new{seed}_{number}" : replaced;
            document.Fields[0] = new StringField(LegacyFields.Id, id, Field.Store.YES);
            writer.UpdateDocument(new Term(LegacyFields.Id, replaced), document);
            string gone = LegacyIndex.IdOf(random.Next(shape.Documents));
            if (number % 10 == 0) writer.DeleteDocuments(new Term(LegacyFields.Id, gone));
        }
    }
}
