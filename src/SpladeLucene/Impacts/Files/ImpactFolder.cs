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
internal sealed class ImpactFolder(string path, long leastBytes)
{
    private int _isSwept;

    /// <summary>Maps the impacts of a segment; writes them before where no file has them.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="field">The field, which the segment has.</param>
    /// <param name="postings">The field in the segment.</param>
    /// <param name="blocks">Whether block-max pruning is to be prepared for.</param>
    /// <param name="writing">How long writing took; null where a file had them.</param>
    /// <returns>Null where they are to be on the heap.</returns>
    /// <exception cref="ForeignPayloadException">A payload is no impact.</exception>
    public SegmentImpacts? Map(
        SegmentReader segment, string field, ImpactReader postings, bool blocks, out TimeSpan? writing)
    {
        writing = null;
        if (!BitConverter.IsLittleEndian) return OnHeap(field, "this processor is big-endian");
        try
        {
            if (Interlocked.Exchange(ref _isSwept, 1) == 0) FolderSweep.Sweep(path);
            SegmentKey key = SegmentKey.Of(segment, field, blocks, path);
            string file = Path.Combine(path, FolderNames.Of(key));
            if (Open(file, field, key) is { } found) return found;
            long started = Stopwatch.GetTimestamp();
            if (!TryWrite(file, field, key, postings, blocks)) return null;
            writing = Stopwatch.GetElapsedTime(started);
            FileTelemetry.Written(field, file, writing.Value);
            FolderSweep.Sweep(path);
            return Open(file, field, key);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or OutOfMemoryException)
        {
            return OnHeap(field, problem.Message);
        }
    }

    private static SegmentImpacts? OnHeap(string field, string reason)
    {
        FileTelemetry.Failed(field, reason);
        return null;
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

    private bool TryWrite(string file, string field, SegmentKey key, ImpactReader postings, bool blocks)
    {
        ImpactSize size = ImpactSize.Of(postings, key.Documents);
        if (!size.FitsArrays || size.WindowBytes < leastBytes) return false;
        // Its files are in a cache of Lucene's, and may never come to the disk.
        if (key.Home.IsThere(path) == false) return false;
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

        return true;
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
}
