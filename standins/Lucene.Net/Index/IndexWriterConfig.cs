using Lucene.Net.Analysis;
using Lucene.Net.Search;
using Lucene.Net.Search.Similarities;
using Lucene.Net.Util;

namespace Lucene.Net.Index;

// The settings that may change while the writer is open.
public class LiveIndexWriterConfig
{
    private protected const int DisableAutoFlush = -1;

    private double _ramBufferSizeMB = 16;
    private int _maxBufferedDocs = DisableAutoFlush;

    private protected LiveIndexWriterConfig()
    {
    }

    // The buffer is flushed when it reaches this size, or this many documents; -1 switches one of the two limits off.
    public virtual double RAMBufferSizeMB
    {
        get => _ramBufferSizeMB;
        set => _ramBufferSizeMB = CheckLimit(value, leastLimit: double.Epsilon, other: _maxBufferedDocs);
    }

    public virtual int MaxBufferedDocs
    {
        get => _maxBufferedDocs;
        set => _maxBufferedDocs = (int)CheckLimit(value, leastLimit: 2, other: _ramBufferSizeMB);
    }

    // Whether flushed segments are packed into one file; they are one file here either way.
    public virtual bool UseCompoundFile { get; set; } = true;

    // Is shown each merged segment before readers are, once a reader was opened on the writer.
    public virtual IndexWriter.IndexReaderWarmer MergedSegmentWarmer { get; set; }

    private static double CheckLimit(double value, double leastLimit, double other)
    {
        if (value == DisableAutoFlush)
        {
            return other != DisableAutoFlush ? value : throw new ArgumentException("One of the two limits stays on.");
        }
        ArgumentOutOfRangeException.ThrowIfLessThan(value, leastLimit);
        return value;
    }
}

public sealed class IndexWriterConfig : LiveIndexWriterConfig
{
    private bool _used;

    public IndexWriterConfig(LuceneVersion matchVersion, Analyzer analyzer)
    {
        _ = matchVersion;
        Analyzer = analyzer;
    }

    public OpenMode OpenMode { get; set; } = OpenMode.CREATE_OR_APPEND;

    public MergePolicy MergePolicy { get; set; } = new TieredMergePolicy();

    // Merges run in the thread that caused them, whatever is set.
    public IMergeScheduler MergeScheduler { get; set; } = new SerialMergeScheduler();

    public Similarity Similarity { get; set; } = IndexSearcher.DefaultSimilarity;

    internal Analyzer Analyzer { get; }

    internal void UseOnce()
    {
        if (_used)
        {
            throw Refusals.IllegalState("A configuration serves one writer.");
        }
        _used = true;
    }
}
