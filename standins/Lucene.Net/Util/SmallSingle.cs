namespace Lucene.Net.Util;

// A float in one byte: three bits of mantissa, five of exponent, the zero point of the exponent at 15. No sign.
internal static class SmallSingle
{
    private const int MantissaBits = 3;
    private const int ZeroPoint = (63 - 15) << MantissaBits;
    private const int DroppedBits = 24 - MantissaBits;

    internal static byte Encode(float value)
    {
        int bits = BitConverter.SingleToInt32Bits(value);
        int small = (bits >> DroppedBits) - ZeroPoint;
        if (small <= 0)
        {
            return (byte)(bits <= 0 ? 0 : 1);
        }
        return (byte)Math.Min(small, byte.MaxValue);
    }

    internal static float Decode(byte value)
    {
        return value == 0 ? 0f : BitConverter.Int32BitsToSingle((value + ZeroPoint) << DroppedBits);
    }

    // What each of the 256 bytes decodes to.
    internal static float[] DecodeTable()
    {
        var table = new float[256];
        for (int i = 0; i < table.Length; i++)
        {
            table[i] = Decode((byte)i);
        }
        return table;
    }
}
