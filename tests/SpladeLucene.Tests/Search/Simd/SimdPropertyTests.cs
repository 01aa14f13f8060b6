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

        Gen.Select(Gen.UShort.Array[ISimd.Batch], Gen.UShort).Sample((bounds, least) =>
            Assert.Equal(Portable.AtLeast(ref bounds[0], least), TSimd.AtLeast(ref bounds[0], least)));

        // Together at most 65,535.
        Gen.Select(Gen.Byte.Array[ISimd.Batch / 2], Gen.UShort[0, 20_000].Array[ISimd.Batch], Gen.UShort[0, 3_000]).Sample(
            (levels, bounds, weight) =>
            {
                ushort[] expected = [.. bounds], found = [.. bounds];
                Portable.AddLevels(ref levels[0], ref expected[0], weight);
                TSimd.AddLevels(ref levels[0], ref found[0], weight);
                Assert.Equal(expected, found);
            });

        Gen.Select(Gen.UShort.Array[ISimd.IdBatch], Gen.UShort, Gen.UShort).Sample((ids, first, count) =>
            Assert.Equal(Portable.Within(ref ids[0], first, count), TSimd.Within(ref ids[0], first, count)));
    }
}
