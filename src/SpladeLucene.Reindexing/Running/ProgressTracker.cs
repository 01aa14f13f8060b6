namespace SpladeLucene.Reindexing.Running;

/// <summary>Gathers what the stages of a run say and tells the caller now and then. Thread-safe.</summary>
/// <param name="progress">The caller; null where nobody listens.</param>
/// <param name="encoder">Counts tokens.</param>
/// <param name="total">Live documents of the source.</param>
/// <param name="time">The clock; null for the system's.</param>
internal sealed class ProgressTracker(
    IProgress<ReindexProgress>? progress, ISparseEncoder encoder, long total, TimeProvider? time = null)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly object _gate = new();
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly long _began = (time ?? TimeProvider.System).GetTimestamp();
    private readonly long _tokensBefore = encoder.TokensEncoded ?? 0;
    private ReindexPhase _phase = ReindexPhase.Collecting;
    private long _documents, _merged, _encoded, _reused, _withoutText, _timed;
    private TimeSpan? _firstText;
    private TimeSpan _lastText, _lastTimed, _told = -Interval;

    /// <summary>What the caller threw when it was told; null where it didn't.</summary>
    public Exception? CallersFailure { get; private set; }

    public TimeSpan Elapsed => _time.GetElapsedTime(_began);

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

    /// <summary>Texts of documents that this run doesn't read: they stay in the target, or an earlier run has added them.</summary>
    public void AddFound(long texts, long missing) => Tell(() =>
    {
        _reused += texts;
        _withoutText += missing;
    });

    public void StartEncoding()
    {
        lock (_gate) _firstText ??= Elapsed;
    }

    public void Add(TextBatch batch) => Tell(() =>
    {
        _documents += batch.Documents;
        _encoded += batch.Texts.Count;
        _reused += batch.Reused;
        _withoutText += batch.WithoutText;
        Time(batch);
    });

    /// <summary>Says how many documents are in the new index, one being merged counting in part.</summary>
    public void SetMerged(long documents) => Tell(() => _merged = documents);

    private void Tell(Action change, bool always = false)
    {
        lock (_gate)
        {
            change();
            TimeSpan now = Elapsed;
            if (progress is null || (!always && now - _told < Interval)) return;
            _told = now;
            Report(progress, Now(now));
        }
    }

    private void Report(IProgress<ReindexProgress> to, ReindexProgress now)
    {
        try
        {
            to.Report(now);
        }
        catch (Exception e)
        {
            CallersFailure = e;
            throw;
        }
    }

    // What stands before the first text that is encoded was there before the run, and says nothing of what is to come; it
    // is mostly what an ended run has done.
    private void Time(TextBatch batch)
    {
        if (batch.Texts.Count > 0) _lastText = Elapsed;
        if (_timed == 0 && batch.DocumentsBefore is null) return;
        _timed += batch.Documents - (_timed == 0 ? batch.DocumentsBefore ?? 0 : 0);
        _lastTimed = Elapsed;
    }

    private ReindexProgress Now(TimeSpan now)
    {
        TimeSpan first = _firstText ?? TimeSpan.Zero;
        TimeSpan encoding = _lastText > first ? _lastText - first : TimeSpan.Zero;
        double perDocument = _timed > 0 && _lastTimed > first ? (_lastTimed - first).TotalSeconds / _timed : 0;
        double left = perDocument * (total - _documents);
        return new ReindexProgress(_phase, _documents, _merged, total, _encoded, Tokens, now)
        {
            EncodingFor = encoding,
            TimeLeft = left > 0 && left < TimeSpan.MaxValue.TotalSeconds ? TimeSpan.FromSeconds(left) : null,
        };
    }
}
