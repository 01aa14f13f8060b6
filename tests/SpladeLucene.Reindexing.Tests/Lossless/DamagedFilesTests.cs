using System.Buffers.Binary;
using Lucene.Net.Codecs;
using Lucene.Net.Index;
using Lucene.Net.Store;
using SpladeLucene.Reindexing.Tests.Support;

namespace SpladeLucene.Reindexing.Tests;

/// <summary>
/// Damage outside of what Lucene compares by itself: behind the files in a compound file, in sizes that are believed before they
/// are compared, in the list of segments where there is an older one, and in a target instead of a source.
/// </summary>
public sealed class DamagedFilesTests : IDisposable
{
    private const int PlacesInAHead = 60, Bits = 0x70, FormOfList = 16;

    private static readonly LegacyShape Shape = new(60, 2, Deletions.Some);

    private readonly Sandbox _sandbox = new() { Options = new ReindexOptions { SampleTexts = 0 } };

    [Fact]
    public async Task PlanAsync_BytesBehindTheFilesOfACompoundFile_AreRefused()
    {
        LegacyIndex.Write(_sandbox.Source, Shape with { Configure = MoreLegacy.CompoundFiles(true) });
        string file = FileOf(_sandbox.Source, "_0.cfs");
        byte[] content = File.ReadAllBytes(file);
        int copied = 40, end = 8;
        foreach (byte[] changed in new[]
        {
            // Found by fuzzing: a part of the file's end stands there twice.
            [.. content[..^end], .. content[^(copied + end)..]],
            [.. content, 0], content[..^1], Flipped(content, content.Length - 1), Flipped(content, 2),
        })
        {
            File.WriteAllBytes(file, changed);

            await AssertDamagedAsync($"Segment _0 of the source '{_sandbox.Source}' is damaged: ");
        }
    }

    [Theory]
    [InlineData(false, ".fnm")]
    [InlineData(false, ".tip")]
    [InlineData(false, ".fdx")]
    [InlineData(false, ".dvm")]
    [InlineData(true, ".cfe")]
    [InlineData(true, ".cfs")]
    public async Task PlanAsync_SizesAreDamaged_NamesTheSegmentAtOnce(bool compound, string extension)
    {
        LegacyIndex.Write(_sandbox.Source, Shape with { Configure = MoreLegacy.CompoundFiles(compound) });
        string file = FileOf(_sandbox.Source, "_0*" + extension);
        byte[] content = File.ReadAllBytes(file);
        for (int place = 0; place < PlacesInAHead; place++)
        {
            File.WriteAllBytes(file, Flipped(content, place, Bits));

            await AssertDamagedAsync($"Segment _0 of the source '{_sandbox.Source}' is damaged: ");
        }
    }

    // Lucene would go by the older one, and lose what came since.
    [Theory]
    [InlineData("flipped")]
    [InlineData("cut off")]
    [InlineData("mark of the end flipped")]
    [InlineData("flipped, of Lucene 4.6")]
    [InlineData("cut off, of Lucene 4.6")]
    public async Task PlanAsync_NewestOfTwoListsIsDamaged_IsRefused(string damage)
    {
        string newest = WriteTwoLists();
        byte[] content = damage.EndsWith("4.6", StringComparison.Ordinal) ? AsOfLucene46(File.ReadAllBytes(newest)) : File.ReadAllBytes(newest);
        File.WriteAllBytes(newest, content);
        Assert.Equal(2, (await _sandbox.PlanAsync()).Documents);
        File.WriteAllBytes(newest, damage[0] == 'c' ? content[..^1] : Flipped(content, damage[0] == 'm' ? content.Length - 16 : 20));

        await AssertDamagedAsync($"The index in '{_sandbox.Source}' can't be read: ");
    }

    // As who deletes the newest list to go back to the commit before.
    [Fact]
    public async Task PlanAsync_NewestOfTwoListsIsGone_GoesByTheOtherOne()
    {
        File.Delete(WriteTwoLists());

        Assert.Equal(1, (await _sandbox.PlanAsync()).Documents);
    }

    // The one that a writer has begun counts as little as it does for Lucene.
    [Fact]
    public async Task PlanAsync_NewestOfTwoListsHasNoEndYet_GoesByTheOtherOne()
    {
        _sandbox.Write(writer => writer.AddDocument(Sandbox.Document("1", "dog")));
        string list = FileOf(_sandbox.Source, "segments_*");
        File.WriteAllBytes(Path.Combine(_sandbox.Source, "segments_2"), File.ReadAllBytes(list)[..^16]);

        Assert.Equal(1, (await _sandbox.PlanAsync()).Documents);
    }

    // One of its segments is written anew, and the other stays; both are opened.
    [Theory]
    [InlineData("_0*.si", "Segment _0 of the target '{0}' is damaged: ")]
    [InlineData("_1*.si", "Segment _1 of the target '{0}' is damaged: ")]
    [InlineData("_0*.fnm", "Segment _0 of the target '{0}' is damaged: ")]
    [InlineData("_1*.fnm", "Segment _1 of the target '{0}' is damaged: ")]
    [InlineData("_0*.tip", "Segment _0 of the target '{0}' is damaged: ")]
    [InlineData("segments_*", "The index in '{0}' can't be read: ")]
    public async Task PlanAsync_TargetToCatchUpIsDamaged_NamesItsSegment(string name, string sentence)
    {
        _sandbox.AddSegments(["dog", "cat"], ["bird", "fish"]);
        await _sandbox.RunAsync();
        _sandbox.Write(writer => writer.DeleteDocuments(new Term("id", "0")));
        string file = FileOf(_sandbox.Target, name);
        byte[] content = File.ReadAllBytes(file);
        for (int place = 0; place < Math.Min(PlacesInAHead, content.Length); place++)
        {
            File.WriteAllBytes(file, Flipped(content, place, Bits));

            await AssertDamagedAsync(sentence.Replace("{0}", _sandbox.Target, StringComparison.Ordinal));
        }

        File.WriteAllBytes(file, content);
        await _sandbox.RunAsync();
    }

    [Fact]
    public async Task RunAsync_TargetDamagedSinceThePlan_IsRefused()
    {
        _sandbox.AddSegments(["dog", "cat"], ["bird", "fish"]);
        await _sandbox.RunAsync();
        _sandbox.AddSegments(["whale"]);
        ReindexPlan plan = await _sandbox.PlanAsync();
        string file = FileOf(_sandbox.Target, "_0*.si");
        File.WriteAllBytes(file, Flipped(File.ReadAllBytes(file), 45, Bits));

        var refused = await Assert.ThrowsAsync<ReindexRefusedException>(
            () => new SpladeReindexer(_sandbox.Encoder, _sandbox.Options).RunAsync(plan));

        Assert.StartsWith($"Segment _0 of the target '{_sandbox.Target}' is damaged: ", refused.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _sandbox.Dispose();

    private string WriteTwoLists()
    {
        _sandbox.Write(writer => writer.AddDocument(Sandbox.Document("1", "dog")));
        string first = FileOf(_sandbox.Source, "segments_*");
        byte[] before = File.ReadAllBytes(first);
        _sandbox.Write(writer => writer.AddDocument(Sandbox.Document("2", "cat")));
        string newest = FileOf(_sandbox.Source, "segments_*");
        File.WriteAllBytes(first, before);
        return newest;
    }

    // It had another number of its form, and a checksum without a mark behind the rest.
    private static byte[] AsOfLucene46(byte[] list)
    {
        byte[] content = list[..^CodecUtil.FooterLength()];
        content[FormOfList] = (byte)SegmentInfos.VERSION_46;
        uint crc = uint.MaxValue;
        foreach (byte one in content)
        {
            crc ^= one;
            for (int bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
        }

        byte[] checksum = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(checksum, ~crc);
        return [.. content, .. checksum];
    }

    private async Task AssertDamagedAsync(string sentence)
    {
        ReindexProblem problem = Assert.Single((await _sandbox.PlanAsync()).Problems);
        Assert.Equal(ReindexProblemKind.Damaged, problem.Kind);
        Assert.StartsWith(sentence, problem.Text, StringComparison.Ordinal);
    }

    private static byte[] Flipped(byte[] content, int place, int bits = 1)
    {
        byte[] flipped = [.. content];
        flipped[place] ^= (byte)bits;
        return flipped;
    }

    private static string FileOf(string folder, string name) =>
        System.IO.Directory.GetFiles(folder, name).Order(StringComparer.Ordinal).Last();
}
