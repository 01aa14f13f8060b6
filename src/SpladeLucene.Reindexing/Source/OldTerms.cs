using Lucene.Net.Index;
using Lucene.Net.Store;
using Directory = Lucene.Net.Store.Directory;

namespace SpladeLucene.Reindexing.Source;

/// <summary>
/// The two lists of terms of a segment of Lucene 3, which has no checksums. Lucene believes how many terms there are, and how much
/// each has in common with the one before, and fills gigabytes with zeros for a damaged one: so they are read here first, from
/// one end to the other, with nothing believed that the file can't hold.
/// </summary>
internal static class OldTerms
{
    // The only format that Lucene 4.8 reads; what it says of the others is for it to say.
    private const int Format = -4;

    // Prefix, length, field, documents and two places take a byte each at least.
    private const int LeastBytesOfATerm = 6;

    private const string Codec = "Lucene3x", Terms = "tis", IndexOfTerms = "tii";

    /// <returns>What is wrong with the first list that no writer can have written; null where nothing is.</returns>
    public static Exception? Damage(Directory directory, SegmentInfo segment)
    {
        if (segment.Codec?.Name != Codec) return null;
        try
        {
            if (!segment.UseCompoundFile)
            {
                RequirePlausible(directory, segment.Name);
                return null;
            }

            using var files = new CompoundFileDirectory(
                directory, Integrity.CompoundFileOf(segment.Name), IOContext.READ_ONCE, openForWrite: false);
            RequirePlausible(files, segment.Name);
            return null;
        }
        catch (FileNotFoundException)
        {
            // A live writer has taken it away: that is for the reader to find out.
            return null;
        }
        catch (Exception e) when (Integrity.IsDamage(e))
        {
            return e;
        }
    }

    private static void RequirePlausible(Directory directory, string segment)
    {
        foreach (string extension in new[] { IndexOfTerms, Terms })
        {
            string file = IndexFileNames.SegmentFileName(segment, "", extension);
            using IndexInput input = directory.OpenInput(file, IOContext.READ_ONCE);
            if (input.ReadInt32() == Format) RequirePlausible(input, file, isIndex: extension == IndexOfTerms);
        }
    }

    private static void RequirePlausible(IndexInput input, string file, bool isIndex)
    {
        long terms = input.ReadInt64();
        int interval = input.ReadInt32(), skipInterval = input.ReadInt32(), skipLevels = input.ReadInt32();
        if (interval <= 0 || skipInterval <= 0 || skipLevels <= 0 || terms < 0 || terms > input.Length / LeastBytesOfATerm)
            throw new CorruptIndexException($"the head of '{file}' makes no sense");

        int last = 0;
        for (long term = 0; term < terms; term++)
        {
            int shared = input.ReadVInt32(), rest = input.ReadVInt32();
            long left = input.Length - input.Position;
            if (shared < 0 || shared > last || rest < 0 || rest > left)
                throw new CorruptIndexException($"term {term} of {terms} in '{file}' can't be as long as it says");
            input.Seek(input.Position + rest);
            last = shared + rest;
            // The field's number, and the two places.
            input.ReadVInt32();
            int documents = input.ReadVInt32();
            input.ReadVInt64();
            input.ReadVInt64();
            if (documents >= skipInterval) input.ReadVInt32();
            if (isIndex) input.ReadVInt64();
        }

        if (input.Position != input.Length) throw new CorruptIndexException($"'{file}' says that it has {terms} terms, and has more");
    }
}
