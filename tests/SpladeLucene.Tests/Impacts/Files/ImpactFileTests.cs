using System.Buffers.Binary;
using CsCheck;
using SpladeLucene.Impacts;
using SpladeLucene.Impacts.Files;

namespace SpladeLucene.Tests;

/// <summary>A file that isn't to the bit what was written is never read from.</summary>
public sealed class ImpactFileTests
{
    [Fact]
    public void Open_AnyByteChanged_IsNoticed()
    {
        using var index = new MappedIndex();
        index.Warmed();
        string file = Assert.Single(index.Files);
        byte[] good = File.ReadAllBytes(file);
        for (int place = 0; place < good.Length; place += place is < 512 or > FileHeader.Length - 8 and < FileHeader.Length + 64 ? 1 : 13)
        {
            byte[] bad = [.. good];
            bad[place] ^= (byte)(1 << (place % 8));
            RequireDistrust(index, file, bad);
        }

        RequireDistrust(index, file, [.. good[..^1], (byte)(good[^1] ^ 1)]);
        File.WriteAllBytes(file, good);
        Assert.NotNull(Opened(file, index.Key(), out string? problem));
        Assert.Null(problem);
    }

    [Fact]
    public void Open_CutOffOrLengthenedAnywhere_IsNoticed()
    {
        using var index = new MappedIndex();
        index.Warmed();
        string file = Assert.Single(index.Files);
        byte[] good = File.ReadAllBytes(file);
        Gen.Int[0, good.Length - 1].Sample(length => RequireDistrust(index, file, good[..length]), iter: 200, threads: 1);
        RequireDistrust(index, file, good[..FileHeader.Length]);
        RequireDistrust(index, file, [.. good, 0]);
    }

    [Fact]
    public void Open_AnyBytes_IsNoticed()
    {
        using var index = new MappedIndex();
        string file = index.Impacts + "-any";
        Gen.Byte.Array[0, 9000].Sample(bytes => RequireDistrust(index, file, bytes), iter: 100, threads: 1);
    }

    [Theory]
    [InlineData(0, -1)]
    [InlineData(0, long.MaxValue)]
    [InlineData(0, 1 << 19)]
    [InlineData(3, -64)]
    [InlineData(11, long.MinValue)]
    public void Open_HeaderOfWhatCantBe_IsNoticedAndSweptOver(int section, long length)
    {
        using var index = new MappedIndex();
        index.Warmed();
        string file = Assert.Single(index.Files);
        byte[] other = File.ReadAllBytes(file);
        BinaryPrimitives.WriteInt64LittleEndian(other.AsSpan(64 + (section * sizeof(long))), length);
        WriteSealed(file, other);

        Assert.Null(Opened(file, index.Key(), out string? problem));
        Assert.NotNull(problem);
        Assert.Null(ImpactFile.HomeOf(file));
        FolderSweep.Sweep(index.Impacts);
        Assert.Single(index.Files);
    }

    [Fact]
    public void Open_AnotherVersion_IsNoticed()
    {
        using var index = new MappedIndex();
        index.Warmed();
        string file = Assert.Single(index.Files);
        byte[] other = File.ReadAllBytes(file);
        other[8]++;
        WriteSealed(file, other);
        Opened(file, index.Key(), out string? problem);
        Assert.Equal("it is of another version", problem);
    }

    [Fact]
    public void Open_AnotherSegments_IsNoticed()
    {
        using var index = new MappedIndex(100, 100);
        index.Warmed();
        Assert.Equal(2, index.Files.Length);
        int of = index.Files.Count(file => Opened(file, index.Key(0), out _) is not null);
        int ofOther = index.Files.Count(file => Opened(file, index.Key(1), out _) is not null);
        Assert.Equal((1, 1), (of, ofOther));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5000)]
    public void Warm_OverADamagedFile_MakesItAnew(int place)
    {
        using var index = new MappedIndex();
        index.Warmed();
        string file = Assert.Single(index.Files);
        byte[] good = File.ReadAllBytes(file), bad = [.. good];
        bad[place] ^= 64;
        File.Delete(file);
        File.WriteAllBytes(file, bad);
        ImpactCache again = index.Warmed();
        Assert.Equal((1L, good.LongLength), (again.Statistics.Built, again.Statistics.MappedBytes));
        Assert.Equal(good, File.ReadAllBytes(file));
        index.RequireHits(again);
    }

    [Fact]
    public void Checksum_OfTheSameBytes_NeverChanges()
    {
        // Files of this version are compared with it wherever they are read.
        Assert.Equal(0xE3069283, ~FileChecksum.Of("123456789"u8));
    }

    // With the header's own checksum right again.
    private static void WriteSealed(string file, byte[] bytes)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(
            bytes.AsSpan(FileHeader.Length - 4), FileChecksum.Of(bytes.AsSpan(0, FileHeader.Length - 4)));
        File.WriteAllBytes(file, bytes);
    }

    private static void RequireDistrust(MappedIndex index, string file, byte[] bytes)
    {
        // Not in place: what is mapped isn't to be changed.
        File.Delete(file);
        File.WriteAllBytes(file, bytes);
        Assert.Null(Opened(file, index.Key(), out string? problem));
        Assert.NotNull(problem);
    }

    private static SegmentImpacts? Opened(string file, SegmentKey key, out string? problem)
    {
        SegmentImpacts? opened = ImpactFile.Open(file, key, out problem);
        opened?.GiveBack();
        return opened;
    }
}
