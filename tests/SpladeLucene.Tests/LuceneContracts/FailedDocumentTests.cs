using Lucene.Net.Analysis;
using Lucene.Net.Analysis.TokenAttributes;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using SpladeLucene.Tests.LuceneContracts.Support;

namespace SpladeLucene.Tests.LuceneContracts;

/// <summary>SpladeTokenizer: a document whose text cannot be encoded leaves nothing behind in the index.</summary>
public sealed class FailedDocumentTests : IDisposable
{
    private readonly LiveIndex _index = new();

    [Fact]
    public void AddDocument_TokenStreamThatThrows_LeavesADeletedDocument()
    {
        _index.Add("1");
        Assert.Throws<TimeoutException>(() => _index.Writer.AddDocument(Failing("2")));
        _index.Add("3");
        using DirectoryReader reader = _index.Open();

        Assert.Equal("1 3", LiveIndex.Ids(reader));
        Assert.Equal((2, 3), (reader.NumDocs, reader.MaxDoc));
        Assert.False(reader.Leaves[0].AtomicReader.LiveDocs.Get(1));
    }

    [Fact]
    public void AddDocuments_OneFails_LeavesTheBlockUpToItDeleted()
    {
        _index.Add("1");
        Assert.Throws<TimeoutException>(() => _index.Writer.AddDocuments(
            [LiveIndex.Document("2", "a"), Failing("3"), LiveIndex.Document("4", "b")]));
        _index.Add("5");
        using DirectoryReader reader = _index.Open();

        Assert.Equal("1 5", LiveIndex.Ids(reader));
        Assert.Equal((2, 4), (reader.NumDocs, reader.MaxDoc));
    }

    [Fact]
    public void UpdateDocument_TokenStreamThatThrows_KeepsTheOldDocument()
    {
        _index.Add("1");
        Assert.Throws<TimeoutException>(() => _index.Writer.UpdateDocument(new Term("id", "1"), Failing("1")));
        using DirectoryReader reader = _index.Open();

        Assert.Equal("1", LiveIndex.Ids(reader));
    }

    [Fact]
    public void AddDocument_TermOfTheGreatestLength_IsIndexed()
    {
        string longest = new('x', IndexWriter.MAX_TERM_LENGTH);
        _index.Add(longest);
        using DirectoryReader reader = _index.Open();

        Assert.Equal(32766, IndexWriter.MAX_TERM_LENGTH);
        Assert.Equal(1, reader.DocFreq(new Term("id", longest)));
    }

    [Fact]
    public void AddDocument_LongerTerm_IsRefused()
    {
        string tooLong = new string('x', IndexWriter.MAX_TERM_LENGTH - 1) + "é";
        _index.Add("1");

        Assert.Throws<ArgumentException>(() => _index.Add(tooLong));
        using DirectoryReader reader = _index.Open();
        Assert.Equal((1, 2), (reader.NumDocs, reader.MaxDoc));
    }

    public void Dispose() => _index.Dispose();

    private static Document Failing(string id) => TestIndex.Document(
        new StringField("id", id, Field.Store.YES), new TextField("text", new FailingTokens()));

    private sealed class FailingTokens : TokenStream
    {
        private int _given;

        public FailingTokens() => AddAttribute<ICharTermAttribute>();

        public override bool IncrementToken()
        {
            ClearAttributes();
            GetAttribute<ICharTermAttribute>().Append("word");
            return ++_given < 3 ? true : throw new TimeoutException();
        }
    }
}
