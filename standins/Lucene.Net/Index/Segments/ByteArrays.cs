namespace Lucene.Net.Index;

// A list of byte strings, some of them missing, in a file.
internal static class ByteArrays
{
    internal static void Write(BinaryWriter writer, byte[]?[] values)
    {
        writer.Write(values.Length);
        foreach (byte[]? value in values)
        {
            writer.Write7BitEncodedInt(value is null ? 0 : value.Length + 1);
            writer.Write(value ?? []);
        }
    }

    internal static byte[]?[] Read(BinaryReader reader)
    {
        var values = new byte[]?[reader.ReadInt32()];
        for (int i = 0; i < values.Length; i++)
        {
            int length = reader.Read7BitEncodedInt() - 1;
            values[i] = length < 0 ? null : reader.ReadBytes(length);
        }
        return values;
    }
}
