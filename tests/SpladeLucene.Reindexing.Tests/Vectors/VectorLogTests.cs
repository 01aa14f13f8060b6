using SpladeLucene.Indexing;
using SpladeLucene.Reindexing.Vectors;

namespace SpladeLucene.Reindexing.Tests;

public sealed class VectorLogTests : IDisposable
{
    private const string Identity = "model one";

    private readonly string _folder = System.IO.Directory.CreateTempSubdirectory("splade-log-").FullName;

    private string LogPath => Path.Combine(_folder, "vectors.log");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Read_AfterReopening_GivesWhatWasAppended(bool spans)
    {
        (TextHash Hash, TermImpact[] Terms)[] vectors = [.. Enumerable.Range(0, 300).Select(i => Vector(i, spans))];
        using (VectorLog log = Open(spans)) Append(log, vectors);

        using VectorLog reopened = Open(spans);

        Assert.Equal(300, reopened.Count);
        VectorLog.Reader reader = reopened.NewReader();
        foreach ((TextHash hash, TermImpact[] terms) in vectors.Reverse())
        {
            Assert.Equal(terms, reader.Read(reopened.PlaceOf(hash)).ToArray());
            Assert.Equal(hash, reader.Hash);
        }
    }

    [Fact]
    public void Open_CutAtAnyByte_KeepsTheWholeRecordsAndGoesOnAfterThem()
    {
        (TextHash Hash, TermImpact[] Terms)[] vectors = [.. Enumerable.Range(1, 4).Select(i => Vector(i, false))];
        var ends = new List<long>();
        using (VectorLog log = Open())
        {
            foreach ((TextHash, TermImpact[]) vector in vectors)
            {
                Append(log, vector);
                ends.Add(new FileInfo(LogPath).Length);
            }
        }

        byte[] whole = File.ReadAllBytes(LogPath);
        for (int length = 0; length <= whole.Length; length++)
        {
            File.WriteAllBytes(LogPath, whole[..length]);
            using (VectorLog log = Open())
            {
                Assert.Equal(ends.Count(end => end <= length), log.Count);
                Append(log, vectors[3]);
            }

            using VectorLog again = Open();
            Assert.Equal(vectors[3].Terms, again.NewReader().Read(again.PlaceOf(vectors[3].Hash)).ToArray());
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Open_DamagedRecordBeforeOthers_IsPassedOver(int damaged)
    {
        (TextHash Hash, TermImpact[])[] vectors = [Vector(1, false), Vector(2, false), Vector(3, false)];
        using (VectorLog log = Open()) Append(log, [.. vectors[..damaged]]);
        long place = new FileInfo(LogPath).Length + VectorRecord.HeadSize;
        using (VectorLog log = Open()) Append(log, [.. vectors[damaged..]]);
        byte[] bytes = File.ReadAllBytes(LogPath);
        bytes[place] ^= 1;
        File.WriteAllBytes(LogPath, bytes);

        using VectorLog reopened = Open();

        Assert.Equal(vectors.Where((_, i) => i != damaged).Select(one => one.Hash), vectors.Select(one => one.Hash).Where(reopened.Contains));
        Assert.Equal((2, bytes.Length), (reopened.Count, new FileInfo(LogPath).Length));
    }

    [Fact]
    public void Open_LastRecordIsDamaged_IsCutOff()
    {
        using (VectorLog log = Open()) Append(log, Vector(1, false));
        long length = new FileInfo(LogPath).Length;
        using (VectorLog log = Open()) Append(log, Vector(2, false));
        byte[] bytes = File.ReadAllBytes(LogPath);
        bytes[^1] ^= 1;
        File.WriteAllBytes(LogPath, bytes);

        using (VectorLog reopened = Open()) Assert.Equal(1, reopened.Count);

        Assert.Equal(length, new FileInfo(LogPath).Length);
    }

    [Theory]
    [InlineData(new byte[] { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 })]
    [InlineData(new byte[] { 255, 255, 255, 255, 1, 2, 3, 4, 5 })]
    [InlineData(new byte[] { 255, 255, 255, 127, 1, 2, 3, 4, 5 })]
    public void Open_GarbageAtTheEnd_IsCutOff(byte[] garbage)
    {
        using (VectorLog log = Open()) Append(log, Vector(1, false));
        long length = new FileInfo(LogPath).Length;
        using (FileStream file = File.Open(LogPath, FileMode.Append)) file.Write(garbage);

        using (VectorLog reopened = Open()) Assert.Equal(1, reopened.Count);

        Assert.Equal(length, new FileInfo(LogPath).Length);
    }

    [Fact]
    public void Open_RecordLongerThanAScan_IsRead()
    {
        TermImpact[] many = [.. Enumerable.Range(0, 200_000).Select(i => new TermImpact($"term{i}", 7, default))];
        using (VectorLog log = Open()) Append(log, Vector(1, false), (TextHash.Of("long"), many), Vector(2, false));

        using VectorLog reopened = Open();

        Assert.Equal(3, reopened.Count);
        Assert.Equal(many, reopened.NewReader().Read(reopened.PlaceOf(TextHash.Of("long"))).ToArray());
    }

    [Fact]
    public void Open_OtherIdentity_BeginsAnew()
    {
        using (VectorLog log = Open()) Append(log, Vector(1, false));

        using VectorLog other = VectorLog.Open(LogPath, "model two", spans: false, expected: 10);

        Assert.Equal(0, other.Count);
    }

    [Fact]
    public void Claim_OfAText_IsGivenOnce()
    {
        using VectorLog log = Open();
        TextHash hash = TextHash.Of("text");

        Assert.True(log.Claim(hash));
        Assert.False(log.Claim(hash));
        Assert.False(log.Contains(hash));
        Append(log, (hash, []));
        Assert.True(log.Contains(hash));
        Assert.False(log.Claim(hash));
    }

    public void Dispose() => System.IO.Directory.Delete(_folder, recursive: true);

    private VectorLog Open(bool spans = false) => VectorLog.Open(LogPath, Identity, spans, expected: 10);

    private static void Append(VectorLog log, params (TextHash Hash, TermImpact[] Terms)[] vectors)
    {
        foreach ((TextHash hash, TermImpact[] terms) in vectors) log.Add(hash, terms);
        log.Append();
    }

    private static (TextHash Hash, TermImpact[] Terms) Vector(int seed, bool spans) => (TextHash.Of($"text {seed}"),
        [.. Enumerable.Range(0, seed % 17).Select(i => new TermImpact(
            i % 5 == 0 ? new string('ä', (seed * i) + 1) : $"wörd{i}", ((seed + i) % 255) + 1,
            spans ? new SourceSpan(i * 100, (i * 100) + seed) : default))]);
}
