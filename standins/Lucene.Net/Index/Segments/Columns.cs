using Lucene.Net.Util;

namespace Lucene.Net.Index;

// A value for each document of a segment: norms and doc values. One reader object serves one thread at a time.
internal abstract class Column
{
    // The documents that have a value.
    internal abstract IBits DocsWithValue(int maxDoc);

    internal abstract void WriteTo(BinaryWriter writer);

    private protected static IBits Where(int maxDoc, Predicate<int> hasValue)
    {
        var bits = new FixedBitSet(maxDoc);
        for (int doc = 0; doc < maxDoc; doc++)
        {
            if (hasValue(doc))
            {
                bits.Set(doc);
            }
        }
        return bits;
    }
}

internal sealed class NumericColumn(long?[] values) : Column
{
    internal NumericDocValues Values() => new Reader(values);

    internal override IBits DocsWithValue(int maxDoc) => Where(maxDoc, doc => values[doc].HasValue);

    internal override void WriteTo(BinaryWriter writer)
    {
        writer.Write(values.Length);
        foreach (long? value in values)
        {
            writer.Write(value.HasValue);
            writer.Write(value ?? 0);
        }
    }

    internal static NumericColumn Read(BinaryReader reader)
    {
        var values = new long?[reader.ReadInt32()];
        for (int doc = 0; doc < values.Length; doc++)
        {
            bool present = reader.ReadBoolean();
            long value = reader.ReadInt64();
            values[doc] = present ? value : null;
        }
        return new NumericColumn(values);
    }

    private sealed class Reader(long?[] values) : NumericDocValues
    {
        public override long Get(int docID) => values[docID] ?? 0;
    }
}

internal sealed class BinaryColumn(byte[]?[] values) : Column
{
    internal BinaryDocValues Values() => new Reader(values);

    internal override IBits DocsWithValue(int maxDoc) => Where(maxDoc, doc => values[doc] is not null);

    internal override void WriteTo(BinaryWriter writer) => ByteArrays.Write(writer, values);

    internal static BinaryColumn Read(BinaryReader reader) => new(ByteArrays.Read(reader));

    private sealed class Reader(byte[]?[] values) : BinaryDocValues
    {
        public override void Get(int docID, BytesRef result) => result.Refer(values[docID] ?? []);
    }
}
