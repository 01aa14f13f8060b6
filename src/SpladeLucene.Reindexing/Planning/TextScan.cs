using System.Diagnostics;
using Lucene.Net.Index;
using Lucene.Net.Util;
using SpladeLucene.Reindexing.Carrying;
using SpladeLucene.Reindexing.Source;
using SpladeLucene.Reindexing.Vectors;

namespace SpladeLucene.Reindexing.Planning;

/// <summary>
/// Counts the texts of all live documents: reads those of segments that are written, and goes by what is known of the others.
/// </summary>
internal sealed class TextScan(
    IReadOnlyList<ReindexMapping> mappings, ReindexOptions options, IReadOnlySet<TextHash> known)
{
    private readonly SourceTexts _texts = new(mappings, options.TextOf);
    // Of segments that aren't read.
    private readonly HashSet<string> _stored = new(StringComparer.Ordinal), _withText = new(StringComparer.Ordinal);
    private readonly Counts[] _counts = [.. mappings.Select(_ => new Counts())];

    /// <summary>Texts that are still to be encoded.</summary>
    public TextSample Sample { get; } = new(options.SampleTexts);

    public HashSet<string> Stored => [.. _texts.Stored, .. _stored];

    public HashSet<string> WithText => [.. _texts.WithText, .. _withText];

    public IReadOnlyList<ReindexTexts> Texts => [.. mappings.Select((mapping, i) => new ReindexTexts(
        mapping, _counts[i].Documents, _counts[i].Missing, _counts[i].FirstMissing, _counts[i].Characters,
        _counts[i].ToEncode))];

    /// <summary>Whether a mapping has texts, and none of them has more than blanks.</summary>
    public bool IsBlank(int mapping) => _counts[mapping] is { Documents: > 0, HasWords: false };

    /// <summary>How long reading took.</summary>
    public TimeSpan Took { get; private set; }

    public void Read(
        SourceIndex source, CarryPlan carry, IProgress<SpladeProgress>? progress, CancellationToken cancellation)
    {
        var reading = new ReadingProgress(progress, source.Documents - carry.Documents);
        long start = Stopwatch.GetTimestamp();
        for (int place = 0; place < source.Segments.Count; place++)
        {
            SegmentReader segment = source.Segments[place];
            if (carry.Segments[place] is { } carried)
            {
                Count(carried, segment);
                continue;
            }

            IBits? live = segment.LiveDocs;
            for (int document = 0; document < segment.MaxDoc; document++)
            {
                cancellation.ThrowIfCancellationRequested();
                if (live is not null && !live.Get(document)) continue;
                Read(segment, document, cancellation);
                reading.Count();
            }
        }

        Took = Stopwatch.GetElapsedTime(start);
    }

    private void Count(CarriedSegment carried, SegmentReader segment)
    {
        _stored.UnionWith(carried.Origin.Texts.Stored);
        _withText.UnionWith(carried.Origin.Texts.WithText);
        for (int i = 0; i < mappings.Count; i++)
        {
            CarriedTexts texts = CarriedTexts.Of(carried, mappings[i]);
            _counts[i].Documents += texts.Documents;
            _counts[i].Characters += carried.Origin.Texts.Characters.ElementAtOrDefault(i);
            // What they say isn't known any more.
            _counts[i].HasWords |= texts.Documents > 0;
            if (_counts[i].Missing == 0 && texts.FirstMissing is { } first) _counts[i].FirstMissing = Name(first, segment);
            _counts[i].Missing += texts.Missing;
        }
    }

    private static string Name(int document, SegmentReader segment) => $"document {document} of segment {segment.SegmentName}";

    private void Read(SegmentReader segment, int document, CancellationToken cancellation)
    {
        ReadOnlySpan<string?> texts = _texts.Read(segment, document, cancellation);
        for (int i = 0; i < texts.Length; i++)
        {
            if (texts[i] is { } text) Count(_counts[i], text, segment, document);
            else if (_counts[i].Missing++ == 0)
                _counts[i].FirstMissing = Name(document, segment);
        }
    }

    private void Count(Counts counts, string text, SegmentReader segment, int document)
    {
        counts.Documents++;
        counts.Characters += text.Length;
        counts.HasWords = counts.HasWords || !string.IsNullOrWhiteSpace(text);
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

        public bool HasWords { get; set; }
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
