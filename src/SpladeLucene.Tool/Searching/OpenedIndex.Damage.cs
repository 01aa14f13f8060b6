using Lucene.Net.Index;
using SpladeLucene.Evaluation;
using SpladeLucene.Onnx;
using SpladeLucene.Reindexing.Source;

namespace SpladeLucene.Tool.Searching;

internal sealed partial class OpenedIndex
{
    /// <summary>
    /// What is to be said where a damaged segment may be why something failed. Lucene believes what it reads, so that damage
    /// ends in anything; the checksums, which all files are read for, tell.
    /// </summary>
    /// <returns>A sentence that names the segment; null where none is damaged or the exception says what is wrong.</returns>
    public string? DamageBehind(Exception problem) => SaysWhatIsWrong(problem) ? null : Damage(default);

    /// <summary>Compares all files with their checksums.</summary>
    /// <exception cref="InvalidDataException">A segment is damaged.</exception>
    public void RequireWhole(CancellationToken cancellation)
    {
        if (Damage(cancellation) is { } damage) throw new InvalidDataException(damage);
    }

    private string? Damage(CancellationToken cancellation) => Integrity.ProblemIn(
        Reader.Leaves.Select(leaf => (SegmentReader)leaf.AtomicReader), $"the index in '{_folder}'", cancellation);

    private static bool SaysWhatIsWrong(Exception problem) => problem is OperationCanceledException or ModelLoadException
        or MalformedLineException or InvalidDataException or SparseEncodingException or FingerprintMismatchException
        or UnauthorizedAccessException || (problem is IOException and not (CorruptIndexException or EndOfStreamException));
}
