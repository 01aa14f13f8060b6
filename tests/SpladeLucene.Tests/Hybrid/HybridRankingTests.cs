using System.Diagnostics.Tracing;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;

namespace SpladeLucene.Tests;

public sealed class HybridRankingTests : IDisposable
{
    private static readonly WordEncoder Encoder = new();

    private readonly DirectoryReader _reader = TestIndex.Of(
        [.. new[] { "dog food", "agile fox", "sick day" }.Select(text => TestIndex.Document(
            new TextField("body", text, Field.Store.NO),
            new SpladeField("splade", Encoder.Encode(text), Encoder.Fingerprint)))]);

    private HybridQuery Asked => new(new TermQuery(new Term("body", "nowhere")), SpladeQuery.Create(_reader, "splade", "nowhere", Encoder));

    [Fact]
    public void Search_RanksOfAnotherRanking_AreThoseOfItsList()
    {
        RankedHit<int>[] alike = [new(2, 0), new(0, 0), new(1, 7)];
        HybridQuery query = Asked with { Others = [new HybridRanking("dense", alike, 1)] };

        HybridTopDocs found = new HybridSearcher(_reader, new HybridOptions { RankConstant = 60 }).Search(query, 10);

        Assert.Equal(
            RankFusion.ReciprocalRank([alike]).Select(hit => (hit.Document, (float)hit.Score)),
            found.Hits.Select(hit => (hit.Doc, hit.Score)));
    }

    [Fact]
    public void Search_AllSidesFused_GivesBackWhatItRented()
    {
        HybridQuery query = Asked with { Others = [new HybridRanking("dense", [new(2, 1), new(0, 0.5)], 1)] };
        var searcher = new HybridSearcher(_reader);
        searcher.Search(query, 10);
        using var rented = new RentedArrays();

        searcher.Search(query, 10);

        Assert.NotEqual(0, rented.Seen);
        Assert.Equal(0, rented.Kept);
    }

    public void Dispose() => _reader.Dispose();

    /// <summary>Arrays that the thread which made this rents and gives back.</summary>
    private sealed class RentedArrays : EventListener
    {
        private readonly int _thread = Environment.CurrentManagedThreadId;

        public int Seen { get; private set; }

        public int Kept { get; private set; }

        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name == "System.Buffers.ArrayPoolEventSource") EnableEvents(eventSource, EventLevel.Verbose);
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData)
        {
            if (Environment.CurrentManagedThreadId != _thread) return;
            if (eventData.EventName == "BufferRented") (Seen, Kept) = (Seen + 1, Kept + 1);
            if (eventData.EventName == "BufferReturned") Kept--;
        }
    }
}
