using SpladeLucene.Reindexing.Running;
using SpladeLucene.Reindexing.Tests.Support;

namespace SpladeLucene.Reindexing.Tests;

public sealed class ProgressTrackerTests
{
    private const int Total = 1000;

    private readonly ManualTime _time = new();
    private readonly List<ReindexProgress> _told = [];
    private readonly ProgressTracker _board;

    public ProgressTrackerTests() => _board = new ProgressTracker(new Collector<ReindexProgress>(_told), new CountingEncoder(), Total, _time);

    [Fact]
    public void TimeLeft_AfterAResume_GoesByWhatIsEncodedNow()
    {
        // One batch holds all that is in the log already, and the first texts that aren't.
        Encode(reused: 500, texts: 10, seconds: 10);

        Assert.Equal(TimeSpan.FromSeconds(490), Told.TimeLeft);
    }

    [Fact]
    public void TimeLeft_WhereChangesAreScattered_CountsWhatIsReusedBetween()
    {
        Encode(reused: 100, texts: 0, seconds: 1);
        Assert.Null(Told.TimeLeft);
        Encode(reused: 100, texts: 1, seconds: 2);
        Encode(reused: 198, texts: 1, seconds: 2);

        // 200 documents, from the first that was encoded on, took 4 seconds; 600 are left.
        Assert.Equal(TimeSpan.FromSeconds(12), Told.TimeLeft);
    }

    [Fact]
    public void TimeLeft_SegmentsAreMergedAlready_StillGoesByWhatIsEncodedNow()
    {
        _board.AddMerged(300);
        Encode(reused: 200, texts: 100, seconds: 50);
        Encode(reused: 0, texts: 100, seconds: 50);

        Assert.Equal(TimeSpan.FromSeconds(150), Told.TimeLeft);
        Assert.Equal(2, Told.TextsPerSecond);
    }

    [Fact]
    public void TimeLeft_AtTheEnd_IsNone()
    {
        Encode(reused: 0, texts: Total, seconds: 5);

        Assert.Null(Told.TimeLeft);
    }

    private ReindexProgress Told => _told[^1];

    private void Encode(int reused, int texts, int seconds)
    {
        if (texts > 0) _board.StartEncoding();
        var batch = new TextBatch { Documents = reused, Reused = reused };
        for (int i = 0; i < texts; i++)
        {
            batch.Documents++;
            batch.Add("text", default, 0, i, 1);
        }

        _time.Now += TimeSpan.FromSeconds(seconds);
        _board.Add(batch);
        _board.Enter(ReindexPhase.Encoding);
    }

    private sealed class ManualTime : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
