using CsCheck;
using SpladeLucene.Search.Simd;

namespace SpladeLucene.Tests;

/// <summary>Every width against the plain loops.</summary>
public sealed class SimdPropertyTests
{
    [Fact]
    public void Every_Width_GivesWhatThePlainLoopsGive()
    {
        AssertLikePortable<Simd128>();
        AssertLikePortable<Simd256>();
        AssertLikePortable<Simd512>();
    }

    private static void AssertLikePortable<TSimd>()
        where TSimd : ISimd
    {
        Gen.Select(Gen.Int.Array[ISimd.Batch], Gen.Int).Sample((sums, least) =>
            Assert.Equal(Portable.AtLeast(ref sums[0], least), TSimd.AtLeast(ref sums[0], least)));

        Gen.Select(Gen.Byte.Array[ISimd.Batch], Gen.Int[0, 1 << 20].Array[ISimd.Batch], Gen.Int[0, 255]).Sample(
            (row, bounds, weight) =>
            {
                int[] expected = [.. bounds], found = [.. bounds];
                Portable.AddScaled(ref row[0], ref expected[0], weight);
                TSimd.AddScaled(ref row[0], ref found[0], weight);
                Assert.Equal(expected, found);
            });

        Gen.Select(Gen.UShort.Array[ISimd.IdBatch], Gen.UShort, Gen.UShort).Sample((ids, first, count) =>
            Assert.Equal(Portable.Within(ref ids[0], first, count), TSimd.Within(ref ids[0], first, count)));
    }
}
