using System.Buffers.Binary;
using Lucene.Net.Codecs;
using Lucene.Net.Index;
using Lucene.Net.Store;
using Directory = Lucene.Net.Store.Directory;

namespace SpladeLucene.Reindexing.Source;

/// <summary>
/// The list of segments, what is said of each, the lists of what stands in compound files, the marks of deleted documents, and
/// the small files that say what stands in the large ones. Lucene believes the sizes in them before it compares their checksum,
/// and takes minutes or all memory for a damaged one; so they are compared first.
/// </summary>
internal static class CheckedFirst
{
    // What stands at the head of a list of segments since Lucene 4.0, before the number of its form.
    private static readonly byte[] HeadOfList = [0x3F, 0xD7, 0x6C, 0x17, 8, .. "segments"u8];

    // The forms that Lucene 2.9 and 3.0, and Lucene 4.8, write.
    private const int Oldest = -9, Newest = 2;

    // Of what says which commit was completed, since Lucene 2.1 and 4.8.
    private const int CompletedForm = -2, CompletedFormWithChecksum = -3;

    private const string SegmentFile = ".si";

    private static readonly string[] Extensions = [".cfe", ".del", ".fnm", ".tip", ".fdx", ".tvx", ".nvm", ".dvm"];

    /// <param name="directory">The index.</param>
    /// <param name="path">Its folder.</param>
    /// <param name="where">What the index is, and where, as the middle of a sentence.</param>
    /// <exception cref="ReindexRefusedException">A file isn't what was written.</exception>
    public static void RequireWhole(Directory directory, string path, string where)
    {
        RequireWholeList(directory, path);
        // With the list Lucene reads these too.
        foreach (string file in directory.ListAll().Where(name => name.EndsWith(SegmentFile, StringComparison.Ordinal)))
        {
            if (Damage(directory, file, mustHaveFooter: false) is { } damage) throw Refusal(file[..^SegmentFile.Length], where, damage);
        }

        foreach (SegmentCommitInfo info in NewestCommit(directory, path).Segments)
        {
            bool mustHaveFooters = Integrity.HasChecksums(info.Info);
            Exception? damage = info.GetFiles().Where(IsReadAtOnce).Select(file => Damage(directory, file, mustHaveFooters))
                .FirstOrDefault(found => found is not null);
            // Only after its list, which opening a compound file believes.
            if (info.Info.UseCompoundFile) damage ??= DamageInside(directory, info.Info.Name, mustHaveFooters);
            damage ??= OldTerms.Damage(directory, info.Info);
            if (damage is not null) throw Refusal(info.Info.Name, where, damage);
        }
    }

    private static bool IsReadAtOnce(string file) => Extensions.Any(end => file.EndsWith(end, StringComparison.Ordinal));

    // Of before Lucene 4.8 it has a list that says nothing of what stands in it.
    private static IOException? DamageInside(Directory directory, string segment, bool mustHaveFooters)
    {
        try
        {
            using var files = new CompoundFileDirectory(directory, Integrity.CompoundFileOf(segment), IOContext.READ_ONCE, openForWrite: false);
            return files.ListAll().Where(IsReadAtOnce).Select(file => Damage(files, file, mustHaveFooters))
                .FirstOrDefault(found => found is not null);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (Integrity.IsDamage(e))
        {
            return e as IOException ?? new CorruptIndexException(Integrity.Reason(e), e);
        }
    }

    private static ReindexRefusedException Refusal(string segment, string where, Exception damage) =>
        new([new(ReindexProblemKind.Damaged, Integrity.Sentence(segment, where, damage))]);

    // Where a writer is at work its next list has no end yet, and the one before it counts. One that has an end was complete:
    // where it is damaged Lucene would take the one before it without a word.
    private static void RequireWholeList(Directory directory, string path)
    {
        string[] lists = [.. directory.ListAll().Where(name => name.StartsWith(IndexFileNames.SEGMENTS + "_", StringComparison.Ordinal))];
        foreach (string list in lists)
        {
            int? form = FormOf(directory, list);
            if (Damage(directory, list, lists.Length == 1 && form == Newest) is { } damage) throw Unreadable(path, damage);
            if (form is < 0 and > Oldest)
                throw new ReindexRefusedException(ReindexProblemKind.SourceUnreadable, SourceIndex.TooOld(path, "it was written by Lucene 2.4 or before"));
            if (form > Newest)
                throw new ReindexRefusedException(ReindexProblemKind.SourceUnreadable, $"The index in '{path}' is too new: Lucene.NET 4.8 reads what Lucene 3.0 to 4.8 wrote.");
        }
    }

    // Lucene goes by an older commit, without a word, where it can't read the newest. Which of them were completed, also of those
    // whose list has no checksum at its end, is what it writes into a file of its own.
    private static SegmentInfos NewestCommit(Directory directory, string path)
    {
        long? completed = CompletedCommit(directory);
        var infos = new SegmentInfos();
        infos.Read(directory);
        if (completed is not { } newest || infos.Generation >= newest) return infos;
        string list = IndexFileNames.FileNameFromGeneration(IndexFileNames.SEGMENTS, "", newest);
        // Whoever took the list away wants the older commit.
        if (!directory.ListAll().Contains(list)) return infos;
        try
        {
            infos = new SegmentInfos();
            infos.Read(directory, list);
            return infos;
        }
        catch (IOException damage)
        {
            if (CompletedCommit(directory) == newest) throw Unreadable(path, damage);
            // A live writer has completed another one meanwhile, and took this one away.
            return NewestCommit(directory, path);
        }
    }

    // Null where nothing, or nothing that can be relied on, says it.
    private static long? CompletedCommit(Directory directory)
    {
        try
        {
            using ChecksumIndexInput input = directory.OpenChecksumInput(IndexFileNames.SEGMENTS_GEN, IOContext.READ_ONCE);
            int form = input.ReadInt32();
            if (form is not (CompletedForm or CompletedFormWithChecksum)) return null;
            long first = input.ReadInt64(), second = input.ReadInt64();
            if (form == CompletedFormWithChecksum) CodecUtil.CheckFooter(input);
            return first == second ? first : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static ReindexRefusedException Unreadable(string path, IOException damage) =>
        new(ReindexProblemKind.Damaged, $"The index in '{path}' can't be read: {Integrity.Reason(damage)}.");

    // Negative before Lucene 4.0, the newer the less; null where a live writer has taken the list away.
    private static int? FormOf(Directory directory, string list)
    {
        byte[] head = new byte[HeadOfList.Length + sizeof(int)];
        try
        {
            using IndexInput input = directory.OpenInput(list, IOContext.READ_ONCE);
            input.ReadBytes(head, 0, head.Length);
        }
        catch (IOException)
        {
            return null;
        }

        return BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(head.AsSpan().StartsWith(HeadOfList) ? HeadOfList.Length : 0));
    }

    private static IOException? Damage(Directory directory, string name, bool mustHaveFooter)
    {
        try
        {
            using IndexInput input = directory.OpenInput(name, IOContext.READ_ONCE);
            // What Lucene 4.8 adds to an older segment has a checksum too.
            if (mustHaveFooter || HasFooter(input)) CodecUtil.ChecksumEntireFile(input);
            return null;
        }
        catch (FileNotFoundException)
        {
            // A live writer has taken it away: that is for the reader to find out.
            return null;
        }
        catch (IOException damage)
        {
            return damage;
        }
    }

    private static bool HasFooter(IndexInput input)
    {
        if (input.Length < CodecUtil.FooterLength()) return false;
        input.Seek(input.Length - CodecUtil.FooterLength());
        return input.ReadInt32() == CodecUtil.FOOTER_MAGIC && input.ReadInt32() == 0;
    }
}
