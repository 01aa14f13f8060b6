using Lucene.Net.Codecs;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Store;
using Directory = Lucene.Net.Store.Directory;

namespace SpladeLucene.Reindexing.Source;

/// <summary>
/// Compares the files of segments with the checksums in them. Every segment that Lucene 4.8 wrote as it does by itself has them;
/// of what older versions or other codecs wrote, damage shows only where it makes the files unreadable: so terms and their
/// documents are read once.
/// </summary>
internal static class Integrity
{
    // The codec of Lucene 4.8. One of an older name, or of an application, may leave the checksums out.
    private const string CodecWithChecksums = "Lucene46";

    private static readonly Version FirstWithChecksums = new(4, 8);

    /// <summary>Reads all files of an index once, from one end to the other, and says what is wrong with the first.</summary>
    /// <returns>The sentence; null where nothing is.</returns>
    public static string? ProblemIn(
        IEnumerable<SegmentReader> segments, string where, CancellationToken cancellation)
    {
        foreach (SegmentReader segment in segments)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                segment.CheckIntegrity();
                SegmentInfo info = segment.SegmentInfo.Info;
                if (!HasChecksums(info)) RequireReadable(segment, cancellation);
                // What was compared are the files in it, and not what stands between and behind them.
                if (info.UseCompoundFile && IsOfLucene48(info)) RequireWholeFile(segment.Directory, CompoundFileOf(segment.SegmentName));
            }
            catch (Exception e) when (IsDamage(e))
            {
                return Sentence(segment.SegmentName, where, e);
            }
        }

        return null;
    }

    /// <summary>The name of a segment's compound file.</summary>
    public static string CompoundFileOf(string segment) =>
        IndexFileNames.SegmentFileName(segment, "", IndexFileNames.COMPOUND_FILE_EXTENSION);

    /// <summary>Compares a file with the checksum at its end, which it must have.</summary>
    /// <exception cref="IOException">It isn't what was written.</exception>
    public static void RequireWholeFile(Directory directory, string file)
    {
        using IndexInput input = directory.OpenInput(file, IOContext.READ_ONCE);
        CodecUtil.ChecksumEntireFile(input);
    }

    private static void RequireReadable(SegmentReader segment, CancellationToken cancellation)
    {
        foreach (string field in segment.Fields ?? Enumerable.Empty<string>())
        {
            if (segment.GetTerms(field) is not { } all) continue;
            // Lucene 3 doesn't say how many there are: -1.
            long said = all.Count, seen = 0;
            TermsEnum terms = all.GetEnumerator();
            var order = new TermOrder(field, terms.Comparer);
            DocsEnum? documents = null;
            while (terms.MoveNext())
            {
                cancellation.ThrowIfCancellationRequested();
                order.Require(terms.Term);
                documents = terms.Docs(null, documents, DocsFlags.NONE);
                RequireOrder(documents, segment.MaxDoc, field);
                if (++seen > said && said >= 0) break;
            }

            if (said >= 0 && seen != said) throw new CorruptIndexException($"the field '{field}' hasn't the {said} terms that it says");
        }
    }

    private static void RequireOrder(DocsEnum documents, int count, string field)
    {
        int last = -1;
        while (documents.NextDoc() is var document and not DocIdSetIterator.NO_MORE_DOCS)
        {
            if (document <= last || document >= count)
                throw new CorruptIndexException($"the documents of a term of the field '{field}' are out of order");
            last = document;
        }
    }

    /// <summary>
    /// Whether an exception can come of damaged files. What is read is believed: a length of gigabytes ends in a lack of
    /// memory, a number in a missing key.
    /// </summary>
    public static bool IsDamage(Exception e) => e is not OperationCanceledException;

    /// <summary>
    /// Whether an exception says that a segment without checksums is damaged: nothing else in it would tell. Memory runs out
    /// of other things too.
    /// </summary>
    public static bool MakesNoSense(SegmentReader segment, Exception e) =>
        e is not (IOException or UnauthorizedAccessException or OutOfMemoryException) && !HasChecksums(segment.SegmentInfo.Info);

    /// <summary>Whether every file of the segment has a checksum.</summary>
    public static bool HasChecksums(SegmentInfo segment) => IsOfLucene48(segment) && segment.Codec?.Name == CodecWithChecksums;

    // The oldest segments don't say who wrote them. Whatever the codec, Lucene itself puts the files into a compound one.
    private static bool IsOfLucene48(SegmentInfo segment) =>
        Version.TryParse(segment.Version, out Version? written) && written >= FirstWithChecksums;

    public static string Sentence(string segment, string where, Exception e) =>
        $"Segment {segment} of {where} is damaged: {Reason(e)}. Lucene's CheckIndex says more; restore it from a backup.";

    /// <summary>What an exception says, as the middle of a sentence.</summary>
    public static string Reason(Exception e) => e is IOException or UnauthorizedAccessException
        ? e.Message.TrimEnd('.') : $"its files make no sense ({e.GetType().Name})";
}
