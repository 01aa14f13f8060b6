using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Store;
using SpladeLucene.Tests.LuceneContracts.Support;

namespace SpladeLucene.Tests.LuceneContracts;

/// <summary>SegmentAssembler: a pair of readers becomes one segment, as it is.</summary>
public sealed class AddIndexesTests
{
    [Fact]
    public void AddIndexes_TwoReaders_BecomeOneSegmentWithoutDeletions()
    {
        using var source = new LiveIndex();
        source.AddSegment("1", "2").AddSegment("3").Delete("1");
        using var target = new LiveIndex();
        target.AddSegment("0");
        using DirectoryReader first = source.Open();
        using DirectoryReader second = Single("4");
        target.Writer.AddIndexes(first, second);
        using DirectoryReader reader = target.Open();

        Assert.Equal("0 | 2 3 4", LiveIndex.Ids(reader));
        Assert.Equal(1, reader.DocFreq(new Term("text", "4")));
    }

    [Fact]
    public void AddIndexes_FilteredReader_TakesWhatTheFilterShows()
    {
        using DirectoryReader source = Single("1");
        using var target = new LiveIndex();
        target.Writer.AddIndexes(new WithoutTerms(source.Leaves[0].AtomicReader));
        using DirectoryReader reader = target.Open();

        Assert.Equal("1", LiveIndex.Ids(reader));
        Assert.Equal(0, reader.DocFreq(new Term("text", "1")));
    }

    [Fact]
    public void AddIndexes_ReaderWithoutLiveDocuments_AddsNothing()
    {
        using var source = new LiveIndex();
        source.AddSegment("1", "2").Delete("1");
        using DirectoryReader reader = source.Open();
        using var target = new LiveIndex();
        target.Writer.AddIndexes(new FilterAtomicReader(new AllDeleted(reader.Leaves[0].AtomicReader)));
        using DirectoryReader found = target.Open();

        Assert.Equal(0, found.MaxDoc);
    }

    [Fact]
    public void AddIndexes_ReaderThatThrows_LeavesTheIndexAsItWas()
    {
        using DirectoryReader source = Single("1");
        using var target = new LiveIndex();
        target.AddSegment("0");

        Assert.Throws<OperationCanceledException>(
            () => target.Writer.AddIndexes(new Cancelled(source.Leaves[0].AtomicReader)));
        using DirectoryReader reader = target.Open();
        Assert.Equal("0", LiveIndex.Ids(reader));
    }

    private static DirectoryReader Single(string id) => TestIndex.Of([LiveIndex.Document(id, id)]);

    private sealed class WithoutTerms(AtomicReader input) : FilterAtomicReader(input)
    {
        public override Fields Fields => new Hidden(m_input.Fields);

        private sealed class Hidden(Fields fields) : FilterFields(fields)
        {
            public override Terms? GetTerms(string field) => field == "text" ? null : m_input.GetTerms(field);

            public override IEnumerator<string> GetEnumerator() =>
                m_input.Where(field => field != "text").GetEnumerator();
        }
    }

    private sealed class AllDeleted(AtomicReader input) : FilterAtomicReader(input)
    {
        public override int NumDocs => 0;

        public override Lucene.Net.Util.IBits LiveDocs => new Lucene.Net.Util.FixedBitSet(MaxDoc);
    }

    private sealed class Cancelled(AtomicReader input) : FilterAtomicReader(input)
    {
        public override void Document(int docID, StoredFieldVisitor visitor) => throw new OperationCanceledException();
    }
}
