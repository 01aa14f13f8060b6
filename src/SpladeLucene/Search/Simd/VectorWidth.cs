namespace SpladeLucene.Search.Simd;

/// <summary>Which implementation of <see cref="ISimd"/> a search runs on.</summary>
internal enum VectorWidth
{
    Portable = 0,
    Bits128 = 128,
    Bits256 = 256,
    Bits512 = 512,
}
