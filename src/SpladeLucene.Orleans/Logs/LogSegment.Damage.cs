using System.Buffers.Binary;

namespace SpladeLucene.Logs;

/// <summary>How the end of a write that a crash cut off is told from damage.</summary>
internal sealed partial class LogSegment
{
    // Whatever is damaged in a record, those after it still chain to each other, and to its hash as it stands or as it should.
    private bool HasRecordsAfterIts(long length)
    {
        byte[] rest = new byte[length - Length];
        if (rest.Length <= RecordHead || !ReadWhole(_file, rest, Length)) return false;
        int size = BinaryPrimitives.ReadInt32LittleEndian(rest);
        byte[] stands = rest[4..RecordHead];
        byte[] should = size > 0 && size <= rest.Length - RecordHead ? Hash(HashAt(LastNumber), rest[RecordHead..(RecordHead + size)]) : stands;
        for (int at = 1; at < rest.Length - RecordHead; at++)
        {
            if (!ReachesTheEnd(rest, at)) continue;
            int next = EndOf(rest, at);
            bool chains = next == rest.Length
                ? IsRecordAfter(stands, rest, at) || IsRecordAfter(should, rest, at)
                : IsRecordAfter(rest[(at + 4)..(at + RecordHead)], rest, next);
            if (chains) return true;
        }

        return false;
    }

    private static bool ReachesTheEnd(byte[] bytes, int at)
    {
        while (at > 0 && at < bytes.Length) at = EndOf(bytes, at);
        return at == bytes.Length;
    }

    // 0 where no record can be.
    private static int EndOf(byte[] bytes, int at)
    {
        int left = bytes.Length - at - RecordHead;
        int size = left > 0 ? BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at)) : 0;
        return size > 0 && size <= left ? at + RecordHead + size : 0;
    }

    private static bool IsRecordAfter(byte[] hash, byte[] bytes, int at) =>
        Hash(hash, bytes[(at + RecordHead)..EndOf(bytes, at)]).AsSpan().SequenceEqual(bytes.AsSpan(at + 4, HashLength));
}
