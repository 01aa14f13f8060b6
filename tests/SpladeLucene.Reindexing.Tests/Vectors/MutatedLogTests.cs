using System.Buffers;
using System.Buffers.Binary;
using SpladeLucene.Indexing;
using SpladeLucene.Reindexing.Vectors;

namespace SpladeLucene.Reindexing.Tests;

/// <summary>A vector log that is a little wrong loses what is damaged, and nothing else comes out of it.</summary>
public sealed class MutatedLogTests : IDisposable
{
    private const string Identity = "model one";

    private readonly TemporaryFolder _folder = new();

    private string LogPath => _folder.PathOf("vectors.log");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Open_MutatedLog_ReadsWhatItKeeps(bool spans)
    {
        foreach ((string change, byte[] mutated) in Mutation.Of(Log(spans), seed: 11))
        {
            File.WriteAllBytes(LogPath, mutated);
            ReadAll(spans, change);
        }
    }

    // Somebody who changes a record can make its checksum agree.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Read_MutatedRecordWithItsChecksum_IsAVectorOrDamaged(bool spans)
    {
        var buffer = new ArrayBufferWriter<byte>();
        VectorRecord.Write(buffer, TextHash.Of("text"), Terms(5), spans);
        byte[] content = buffer.WrittenSpan[VectorRecord.HeadSize..].ToArray();
        foreach ((string change, byte[] mutated) in Mutation.Of(content, seed: 12))
        {
            if (mutated.Length < TextHash.Size) continue;
            byte[] head = new byte[VectorRecord.HeadSize];
            BinaryPrimitives.WriteInt32LittleEndian(head, mutated.Length);
            BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(4), VectorRecord.Checksum(mutated));
            File.WriteAllBytes(LogPath, [.. Log(spans), .. head, .. mutated]);
            ReadAll(spans, change);
        }
    }

    public void Dispose() => _folder.Dispose();

    private void ReadAll(bool spans, string change)
    {
        var hashes = new List<TextHash>();
        VectorLog.ReadHashes(LogPath, Identity, spans, hashes.Add);
        using VectorLog log = VectorLog.Open(LogPath, Identity, spans, expected: 10);
        VectorLog.Reader reader = log.NewReader();
        foreach (TextHash hash in hashes)
        {
            try
            {
                foreach (TermImpact term in reader.Read(log.PlaceOf(hash)))
                    Assert.True(term.Term.Length > 0 && term.Impact is > 0 and < 256 && term.Span.End >= term.Span.Start, change);
            }
            catch (InvalidDataException damaged)
            {
                Assert.Contains("vector log", damaged.Message, StringComparison.Ordinal);
            }
        }
    }

    private byte[] Log(bool spans)
    {
        File.Delete(LogPath);
        using (VectorLog log = VectorLog.Open(LogPath, Identity, spans, expected: 10))
        {
            for (int i = 0; i < 20; i++) log.Add(TextHash.Of($"text {i}"), Terms(i));
            log.Append();
        }

        return File.ReadAllBytes(LogPath);
    }

    private static TermImpact[] Terms(int count) =>
        [.. Enumerable.Range(0, count).Select(i => new TermImpact($"term{i}é", 1 + (i * 12), new SourceSpan(i, i + 400)))];
}
