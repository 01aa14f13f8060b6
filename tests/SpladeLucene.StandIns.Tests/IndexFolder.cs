using Lucene.Net.Analysis.Core;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Store;
using Lucene.Net.Util;

namespace SpladeLucene.StandIns.Tests;

// A folder with a small index, deleted at the end, whose files a test can look at and spoil.
internal sealed class IndexFolder : IDisposable
{
    private readonly DirectoryInfo _folder = System.IO.Directory.CreateTempSubdirectory("standins-");

    internal FSDirectory Open() => FSDirectory.Open(_folder);

    internal string PathOf(string file) => Path.Combine(_folder.FullName, file);

    internal IndexWriter NewWriter(OpenMode mode = OpenMode.CREATE_OR_APPEND) => new(Open(), NewConfig(mode));

    internal static IndexWriterConfig NewConfig(OpenMode mode = OpenMode.CREATE_OR_APPEND) =>
        new(LuceneVersion.LUCENE_48, new WhitespaceAnalyzer(LuceneVersion.LUCENE_48))
        {
            MergePolicy = NoMergePolicy.COMPOUND_FILES,
            OpenMode = mode,
        };

    internal void Add(params string[] ids)
    {
        using IndexWriter writer = NewWriter();
        foreach (string id in ids)
        {
            writer.AddDocument(DocumentOf(id));
        }
    }

    internal void Delete(string id)
    {
        using IndexWriter writer = NewWriter();
        writer.DeleteDocuments(new Term("id", id));
    }

    internal static Document DocumentOf(string id) =>
    [
        new StringField("id", id, Field.Store.YES),
        new TextField("text", $"some words and {id}", Field.Store.NO),
    ];

    // The ids of the live documents, in order.
    internal string[] Ids()
    {
        using DirectoryReader reader = DirectoryReader.Open(Open());
        return [.. reader.Leaves.SelectMany(leaf => IdsOf(leaf.AtomicReader))];
    }

    // Every file but the lock, which belongs to no commit.
    internal SortedDictionary<string, byte[]> Files()
    {
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (FileInfo file in _folder.EnumerateFiles().Where(file => file.Name != "write.lock"))
        {
            files.Add(file.Name, File.ReadAllBytes(file.FullName));
        }
        return files;
    }

    internal void Restore(IReadOnlyDictionary<string, byte[]> files)
    {
        foreach (FileInfo file in _folder.EnumerateFiles())
        {
            file.Delete();
        }
        foreach ((string name, byte[] content) in files)
        {
            File.WriteAllBytes(PathOf(name), content);
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static IEnumerable<string> IdsOf(AtomicReader reader)
    {
        for (int doc = 0; doc < reader.MaxDoc; doc++)
        {
            if (reader.LiveDocs is null || reader.LiveDocs.Get(doc))
            {
                yield return reader.Document(doc).Get("id")!;
            }
        }
    }
}
