using System.IO.Compression;

namespace SpladeLucene.Evaluation.Tests;

/// <summary>Gzipped files are read to their end, or refused where they are cut off or damaged.</summary>
public sealed class GzipTests : IDisposable
{
    private readonly CollectionFolder _set = new();

    [Fact]
    public void ReadDocuments_FileThatIsNotGzip_IsRefused()
    {
        foreach (byte[] content in new byte[][] { [], [(byte)'{'], CollectionFolder.Lines(1, 9) })
        {
            _set.ZipCorpus(content);
            CollectionFolder.AssertBadLine(() => _set.ReadAll(), "corpus.jsonl.gz:1:", "unreadable from here on: the file is no gzip file");
        }
    }

    [Fact]
    public void ReadDocuments_GzipCutOffAnywhere_IsRefusedEvenWhereBadLinesAreTaken()
    {
        byte[] whole = CollectionFolder.Zip(CollectionFolder.Lines(1, 30));
        for (int length = 1; length < whole.Length; length++)
        {
            _set.ZipCorpus(whole[..length]);
            CollectionFolder.AssertBadLine(() => _set.ReadAll(_ => { }), "corpus.jsonl.gz:", "its end is missing");
        }
    }

    [Fact]
    public void ReadDocuments_GzipCutOffLate_IsRefusedWithTheLineOnlyAfterTheWholeOnes()
    {
        byte[] whole = CollectionFolder.Zip(CollectionFolder.Lines(1, 5000));
        _set.ZipCorpus(whole[..^1]);
        var read = new List<string>();

        var error = Assert.Throws<MalformedLineException>(() =>
            read.AddRange(TestCollection.Load(_set.Path).ReadDocuments().Select(document => document.Id)));

        Assert.InRange(error.Line, 2, 5001);
    }

    [Fact]
    public void ReadDocuments_GzipWithAWrongSum_SaysDamaged()
    {
        byte[] bytes = CollectionFolder.Zip(CollectionFolder.Lines(1, 30));
        bytes[^7] ^= 1;
        _set.ZipCorpus(bytes);

        CollectionFolder.AssertBadLine(() => _set.ReadAll(), "corpus.jsonl.gz:", "is damaged");
    }

    [Fact]
    public void ReadDocuments_GzipOfAnySizeAndMembers_IsReadToItsEnd()
    {
        var random = new Random(4);
        for (int documents = 1; documents < 3000; documents += 1 + (documents / 3))
        {
            // Stored bytes, so that ends of members come to lie about the ends of buffers.
            byte[] noise = new byte[random.Next(9000)];
            Array.Fill(noise, (byte)' ');
            byte[] lines = [.. CollectionFolder.Lines(1, documents), .. noise];
            _set.ZipCorpus([.. CollectionFolder.Zip(lines, CompressionLevel.NoCompression), .. CollectionFolder.Zip(CollectionFolder.Lines(documents + 1, 2)), .. CollectionFolder.Zip([])]);

            Assert.Equal(documents + 2, TestCollection.Load(_set.Path).ReadDocuments().Count());
        }
    }

    [Fact]
    public void ReadDocuments_GzipThatEndsWhereABufferDoes_IsReadToItsEnd()
    {
        foreach (int length in new[] { 4096, 8192, 16384, 65536 })
        {
            for (int size = length - 40; size < length; size++)
            {
                byte[] text = CollectionFolder.Lines(1, 1);
                byte[] padded = [.. text, .. Enumerable.Repeat((byte)' ', size - text.Length)];
                _set.ZipCorpus(CollectionFolder.Zip(padded, CompressionLevel.NoCompression));

                Assert.Single(TestCollection.Load(_set.Path).ReadDocuments());
            }
        }
    }

    [Fact]
    public void ReadDocuments_LineOverTheLimit_IsRefusedByFileAndLineEvenWhereBadLinesAreTaken()
    {
        _set.ZipCorpus(CollectionFolder.Zip([.. CollectionFolder.Lines(1, 1), .. new byte[ByteLines.Longest + 64]]));

        CollectionFolder.AssertBadLine(() => _set.ReadAll(_ => { }), "corpus.jsonl.gz:2:", "longer than 64 MiB");
    }

    // 100 times the same member: 22 MiB of zeros each, a few kilobytes packed.
    [Theory]
    [InlineData("corpus.jsonl.gz")]
    [InlineData("queries.jsonl.gz")]
    [InlineData("qrels.tsv.gz")]
    [InlineData("bm25.run.gz")]
    public void Read_LineOfGigabytesInASmallFile_IsRefusedWithinBoundedMemory(string name)
    {
        byte[] member = CollectionFolder.Zip(new byte[22 << 20]);
        string file = Path.Combine(_set.Path, name);
        File.Delete(file[..^3]);
        using (FileStream zipped = File.Create(file))
        {
            for (int i = 0; i < 100; i++) zipped.Write(member);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<MalformedLineException>(() => ReadAll(file));

        Assert.StartsWith($"{file}:1: the line is longer than 64 MiB", error.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 6L * ByteLines.Longest);
        Assert.True(new FileInfo(file).Length < 22 << 20);
    }

    public void Dispose() => _set.Dispose();

    private static void ReadAll(string file)
    {
        string folder = Path.GetDirectoryName(file)!;
        switch (Path.GetFileName(file))
        {
            case "corpus.jsonl.gz": Assert.Empty(TestCollection.Load(folder).ReadDocuments()); break;
            case "queries.jsonl.gz": Assert.Empty(TestCollection.Load(folder).Queries); break;
            case "qrels.tsv.gz": Qrels.Load(file); break;
            default: TrecRun.Load(file); break;
        }
    }
}
