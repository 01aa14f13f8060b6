using System.Diagnostics;
using Lucene.Net.Index;
using SpladeLucene.Postings;
using SpladeLucene.Telemetry;

namespace SpladeLucene.Impacts.Files;

/// <summary>
/// A folder of <see cref="ImpactFile"/>s that several processes may share. A file comes into it complete, by a rename, and is
/// never written to afterwards. Whatever goes wrong with the folder leaves the impacts on the heap. Thread-safe.
/// </summary>
/// <param name="path">The whole path; the folder needn't be there.</param>
/// <param name="leastBytes">What takes up less stays on the heap: a file wouldn't pay.</param>
/// <param name="time">Says how long ago the folder was swept.</param>
internal sealed class ImpactFolder(string path, long leastBytes, TimeProvider time)
{
    // Each sweep opens all files of the folder, and one of their indexes beside each.
    private static readonly TimeSpan BetweenSweeps = TimeSpan.FromMinutes(1);

    private readonly object _sweeping = new();
    private long? _swept;

    /// <summary>Maps the impacts of a segment; writes them before where no file has them.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="field">The field, which the segment has.</param>
    /// <param name="postings">The field in the segment.</param>
    /// <param name="size">What <see cref="ImpactSize.Of"/> said.</param>
    /// <param name="blocks">Whether block-max pruning is to be prepared for.</param>
    /// <exception cref="ForeignPayloadException">A payload is no impact.</exception>
    public MappedSegment Map(SegmentReader segment, string field, ImpactReader postings, ImpactSize size, bool blocks)
    {
        if (!BitConverter.IsLittleEndian)
        {
            FileTelemetry.Failed(field, "this processor is big-endian");
            return default;
        }

        try
        {
            if (!size.FitsArrays || size.WindowBytes < leastBytes || SegmentHome.IsInMemory(segment.SegmentInfo.Info.Dir)) return default;
            Sweep();
            SegmentKey key = SegmentKey.Of(segment, field, blocks, path);
            string file = Path.Combine(path, FolderNames.Of(key));
            if (Open(file, field, key) is { } found) return new MappedSegment(found, Writing: null, HasFailed: false);
            // Its files are in a cache of Lucene's. They may never come to the disk, or with the next commit.
            if (key.Home.IsThere(path) == false) return new MappedSegment(null, Writing: null, HasFailed: true);
            long started = Stopwatch.GetTimestamp();
            Write(file, field, key, postings, size, blocks);
            TimeSpan writing = Stopwatch.GetElapsedTime(started);
            FileTelemetry.Written(field, file, writing);
            Sweep();
            SegmentImpacts? written = Open(file, field, key);
            return new MappedSegment(written, writing, HasFailed: written is null);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or OutOfMemoryException
            || (problem is ObjectDisposedException && segment.RefCount > 0))
        {
            // A reader needs its directory no more once it is open: that one may be closed, and the segment is searched all the same.
            FileTelemetry.Failed(field, problem.Message);
            return new MappedSegment(null, Writing: null, HasFailed: true);
        }
    }

    private static SegmentImpacts? Open(string file, string field, SegmentKey key)
    {
        if (!File.Exists(file)) return null;
        long started = Stopwatch.GetTimestamp();
        SegmentImpacts? impacts = ImpactFile.Open(file, key, out string? problem);
        if (impacts is null)
        {
            FileTelemetry.Distrusted(field, file, problem!);
            return null;
        }

        FolderSweep.MarkUsed(file);
        FileTelemetry.Mapped(field, file, impacts.Bytes, Stopwatch.GetElapsedTime(started));
        return impacts;
    }

    private void Write(string file, string field, SegmentKey key, ImpactReader postings, ImpactSize size, bool blocks)
    {
        System.IO.Directory.CreateDirectory(path);
        string unfinished = FolderNames.UnfinishedOf(file);
        using Activity? activity = ImpactTelemetry.StartBuild(field);
        try
        {
            ImpactFileWriter.Write(unfinished, key, postings, size, blocks);
            Publish(unfinished, file, key);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    private static void Publish(string unfinished, string file, SegmentKey key)
    {
        try
        {
            File.Move(unfinished, file, overwrite: true);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException && File.Exists(file))
        {
            // Windows doesn't replace what is mapped: another process was faster, and if its file is good it will do.
            SegmentImpacts? found = ImpactFile.Open(file, key, out _);
            found?.GiveBack();
            if (found is null) throw;
        }
    }

    private void Sweep()
    {
        lock (_sweeping)
        {
            if (_swept is { } swept && time.GetElapsedTime(swept) < BetweenSweeps) return;
            _swept = time.GetTimestamp();
        }

        FolderSweep.Sweep(path);
    }
}

/// <summary>What a folder has of a segment's impacts.</summary>
/// <param name="Impacts">The impacts; null where they are to be on the heap.</param>
/// <param name="Writing">How long writing them took; null where a file had them.</param>
/// <param name="HasFailed">Whether something went wrong that may be over some time.</param>
internal readonly record struct MappedSegment(SegmentImpacts? Impacts, TimeSpan? Writing, bool HasFailed);
