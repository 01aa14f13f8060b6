using System.Globalization;
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

    public IndexSearcher Classic => new(Reader);

    public IndexSearcher Bm25 => new(Reader) { Similarity = new BM25Similarity() };

    public static TermQuery Term(string word) => new(new Term("text", word));

    /// <summary>A query such as <c>+apple plum -kiwi ~1</c>; <c>!</c> disables coord.</summary>
    public static BooleanQuery Boolean(string text)
    {
        string[] parts = text.Split(' ');
        var query = new BooleanQuery(disableCoord: parts.Contains("!"));
        foreach (string part in parts)
        {
            if (part[0] == '~') query.MinimumNumberShouldMatch = int.Parse(part[1..], CultureInfo.InvariantCulture);
            else if (part[0] == '+') query.Add(Term(part[1..]), Occur.MUST);
            else if (part[0] == '-') query.Add(Term(part[1..]), Occur.MUST_NOT);
            else if (part[0] != '!') query.Add(Term(part), Occur.SHOULD);
        }

        return query;
    }

    /// <summary>Each hit as <c>document:score</c>, with all digits of the score.</summary>
    public static string Hits(TopDocs found) =>
        string.Join(' ', found.ScoreDocs.Select(hit => $"{hit.Doc}:{hit.Score}"));

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
