using System.Diagnostics;
using Lucene.Net.Index;
using Lucene.Net.Util;
using SpladeLucene.Reindexing.Source;
using SpladeLucene.Reindexing.Vectors;

namespace SpladeLucene.Reindexing.Planning;

/// <summary>Reads the texts of all live documents once, to count them.</summary>
internal sealed class TextScan(
    IReadOnlyList<ReindexMapping> mappings, ReindexOptions options, IReadOnlySet<TextHash> known)
{
    private readonly SourceTexts _texts = new(mappings, options.TextOf);
    private readonly Counts[] _counts = [.. mappings.Select(_ => new Counts())];

    /// <summary>Texts that are still to be encoded.</summary>
    public TextSample Sample { get; } = new(options.SampleTexts);

    public IReadOnlySet<string> Stored => _texts.Stored;

    public IReadOnlySet<string> WithText => _texts.WithText;

    public IReadOnlyList<ReindexTexts> Texts => [.. mappings.Select((mapping, i) => new ReindexTexts(
        mapping, _counts[i].Documents, _counts[i].Missing, _counts[i].FirstMissing, _counts[i].Characters,
        _counts[i].ToEncode))];

    public void Read(SourceIndex source, IProgress<SpladeProgress>? progress, CancellationToken cancellation)
    {
        var reading = new ReadingProgress(progress, source.Documents);
        foreach (SegmentReader segment in source.Segments)
        {
            IBits? live = segment.LiveDocs;
            for (int document = 0; document < segment.MaxDoc; document++)
            {
                cancellation.ThrowIfCancellationRequested();
                if (live is not null && !live.Get(document)) continue;
                Read(segment, document);
                reading.Count();
            }
        }
    }

    private void Read(SegmentReader segment, int document)
    {
        ReadOnlySpan<string?> texts = _texts.Read(segment, document);
        for (int i = 0; i < texts.Length; i++)
        {
            if (texts[i] is { } text) Count(_counts[i], text, segment, document);
            else if (_counts[i].Missing++ == 0)
                _counts[i].FirstMissing = $"document {document} of segment {segment.SegmentName}";
        }
    }

    private void Count(Counts counts, string text, SegmentReader segment, int document)
    {
        counts.Documents++;
        counts.Characters += text.Length;
        if (known.Count > 0 && known.Contains(TextHash.Of(text))) return;
        counts.ToEncode++;
        Sample.Add(text, segment.SegmentName, document);
    }

    private sealed class Counts
    {
        public long Documents { get; set; }

        public long Missing { get; set; }

        public string? FirstMissing { get; set; }

        public long Characters { get; set; }

        public long ToEncode { get; set; }
    }
}

/// <summary>Counts the documents that are read, and tells of them now and then.</summary>
internal sealed class ReadingProgress(IProgress<SpladeProgress>? progress, long total)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TimeSpan _told = -Interval;
    private long _done;

    public void Count()
    {
        _done++;
        if (progress is null) return;
        TimeSpan now = _clock.Elapsed;
        if (now - _told < Interval && _done < total) return;
        _told = now;
        progress.Report(new SpladeProgress(_done, total, now));
    }
}
