using System.Diagnostics;

namespace SpladeLucene.Reindexing.Running;

/// <summary>Gathers what the stages of a run say and tells the caller now and then. Thread-safe.</summary>
internal sealed class ProgressTracker(IProgress<ReindexProgress>? progress, ISparseEncoder encoder, long total)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly object _gate = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly long _tokensBefore = encoder.TokensEncoded ?? 0;
    private ReindexPhase _phase = ReindexPhase.Collecting;
    private long _documents, _merged, _encoded, _reused, _withoutText, _needed;
    private TimeSpan? _firstText;
    private TimeSpan _lastText, _told = -Interval;

    public TimeSpan Elapsed => _clock.Elapsed;

    public long Encoded => Interlocked.Read(ref _encoded);

    public long Reused => Interlocked.Read(ref _reused);

    public long WithoutText => Interlocked.Read(ref _withoutText);

    /// <summary>Tokens that were encoded since the run began; null where the encoder doesn't count them.</summary>
    public long? Tokens => encoder.TokensEncoded - _tokensBefore;

    public void Enter(ReindexPhase phase) => Tell(() => _phase = phase, always: true);

    /// <summary>Documents that are in the new index since an earlier run.</summary>
    public void AddMerged(long documents) => Tell(() =>
    {
        _documents += documents;
        _merged += documents;
    });

    /// <summary>Texts of documents that stay in the target.</summary>
    public void AddCarried(long texts, long missing) => Tell(() =>
    {
        _reused += texts;
        _withoutText += missing;
    });

    public void StartEncoding()
    {
        lock (_gate) _firstText ??= _clock.Elapsed;
    }

    public void Add(TextBatch batch) => Tell(() =>
    {
        _documents += batch.Documents;
        _encoded += batch.Texts.Count;
        _reused += batch.Reused;
        _withoutText += batch.WithoutText;
        if (batch.Texts.Count == 0) return;
        _needed += batch.Documents;
        _lastText = _clock.Elapsed;
    });

    /// <summary>Says how many documents are in the new index, one being merged counting in part.</summary>
    public void SetMerged(long documents) => Tell(() => _merged = documents);

    private void Tell(Action change, bool always = false)
    {
        lock (_gate)
        {
            change();
            TimeSpan now = _clock.Elapsed;
            if (progress is null || (!always && now - _told < Interval)) return;
            _told = now;
            progress.Report(Now(now));
        }
    }

    private ReindexProgress Now(TimeSpan now)
    {
        TimeSpan encoding = _firstText is { } first && _lastText > first ? _lastText - first : TimeSpan.Zero;
        double perDocument = _needed > 0 ? encoding.TotalSeconds / _needed : 0;
        double left = perDocument * (total - _documents);
        return new ReindexProgress(_phase, _documents, _merged, total, _encoded, Tokens, now)
        {
            EncodingFor = encoding,
            TimeLeft = left > 0 && left < TimeSpan.MaxValue.TotalSeconds ? TimeSpan.FromSeconds(left) : null,
        };
    }
}
