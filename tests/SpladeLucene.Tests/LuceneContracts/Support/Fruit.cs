using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Search.Similarities;

namespace SpladeLucene.Tests.LuceneContracts.Support;

/// <summary>Six documents about fruit in two segments, the last one deleted.</summary>
internal sealed class Fruit : IDisposable
{
    private readonly LiveIndex _index = new();

    public Fruit()
    {
        Add("apple apple pear", "apple", "pear plum");
        _index.Writer.Commit();
        Add("plum plum apple pear", "kiwi", "apple kiwi plum");
        _index.Delete("apple kiwi plum");
        Reader = _index.Open();
    }

    public DirectoryReader Reader { get; }

    public IndexSearcher Bm25 => new(Reader) { Similarity = new BM25Similarity() };

    public static TermQuery Term(string word) => new(new Term("text", word));

    public void Dispose()
    {
        Reader.Dispose();
        _index.Dispose();
    }

    private void Add(params string[] texts)
    {
        foreach (string text in texts) _index.Writer.AddDocument(LiveIndex.Document(text, text));
    }
}
