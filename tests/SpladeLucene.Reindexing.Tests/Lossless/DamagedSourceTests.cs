using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Store;
using Lucene.Net.Util;
using SpladeLucene.Reindexing.Source;

namespace SpladeLucene.Reindexing.Tests;

/// <summary>An index of which a part isn't as it was written: it is never merged as it is.</summary>
public sealed partial class DamagedSourceTests : IDisposable
{
    private const int Documents = 300;
    private const int PlacesInAFile = 4;

    private static readonly ReindexOptions NoSample = new() { SampleTexts = 0 };

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task PlanAsync_OneBitFlippedAnywhere_IsRefusedInASentence()
    {
        Write();
        string[] files = Files();
        Assert.True(files.Length >= 14, string.Join(", ", files));
        foreach (string file in files)
        {
            for (int place = 0; place < PlacesInAFile; place++) await AssertNoticedAsync(file, place);
        }
    }

    // Its counts stand there, which Lucene believed before it compared the checksum.
    [Fact]
    public async Task PlanAsync_WhatIsSaidOfASegmentIsDamaged_NamesTheSegmentAtOnce()
    {
        Write();
        string file = FileOf("si");
        byte[] before = File.ReadAllBytes(file);
        for (int place = 0; place < 60; place++)
        {
            byte[] changed = [.. before];
            changed[place] ^= 0x70;
            File.WriteAllBytes(file, changed);

            ReindexProblem problem = Assert.Single((await PlanAsync()).Problems);

            Assert.StartsWith($"Segment _0 of the source '{_folder.Source}' is damaged: ", problem.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task PlanAsync_StoredValuesAreDamaged_NamesSegmentAndFile()
    {
        Write();
        Flip(FileOf("fdt"), 1);

        ReindexProblem problem = Assert.Single((await PlanAsync()).Problems);

        Assert.Equal(ReindexProblemKind.Damaged, problem.Kind);
        Assert.StartsWith($"Segment _0 of the source '{_folder.Source}' is damaged: ", problem.Text, StringComparison.Ordinal);
        Assert.Contains("_0.fdt", problem.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nvd")]
    [InlineData("dvd")]
    [InlineData("pos")]
    public async Task RunAsync_DamagedSinceThePlan_FailsAtTheMerge(string extension)
    {
        Write();
        ReindexPlan plan = await PlanAsync();
        Flip(FileOf(extension), 2);

        var failure = await Assert.ThrowsAsync<IOException>(() => Reindexer().RunAsync(plan));

        Assert.StartsWith("Segment _0 of the source is damaged: ", failure.Message, StringComparison.Ordinal);
        Assert.False(System.IO.Directory.Exists(_folder.Target));
    }

    [Fact]
    public async Task PlanAsync_CatchUpOnDamagedSourceOrTarget_IsRefused()
    {
        Write();
        await Reindexer().RunAsync(await PlanAsync());
        // So many that the segment is written anew.
        Write(more: Documents);
        string target = FileOf("pos", _folder.Target);
        byte[] before = File.ReadAllBytes(target);
        Flip(target, 1);

        ReindexProblem ofTarget = Assert.Single((await PlanAsync()).Problems);
        File.WriteAllBytes(target, before);
        Flip(FileOf("pos"), 1);
        ReindexProblem ofSource = Assert.Single((await PlanAsync()).Problems);

        Assert.StartsWith($"Segment _0 of the target '{_folder.Target}' is", ofTarget.Text, StringComparison.Ordinal);
        Assert.StartsWith($"Segment _0 of the source '{_folder.Source}' is", ofSource.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_DamagedSegmentStays_KeepsTheChecksumsThatTell()
    {
        Write();
        await Reindexer().RunAsync(await PlanAsync());
        Write(more: 1);
        string damaged = FileOf("pos", _folder.Target);
        Flip(damaged, 1);
        Flip(FileOf("nvd"), 1);

        await Reindexer().RunAsync(await PlanAsync());

        using FSDirectory directory = FSDirectory.Open(_folder.Target);
        using DirectoryReader reader = DirectoryReader.Open(directory);
        Assert.Equal([true, false], reader.Leaves.Select(leaf => IsDamaged((SegmentReader)leaf.AtomicReader)));
    }

    private static bool IsDamaged(SegmentReader segment) => Integrity.ProblemIn([segment], "the target", default) is not null;

    public void Dispose() => _folder.Dispose();

    private async Task AssertNoticedAsync(string file, int place)
    {
        byte[] before = File.ReadAllBytes(file);
        Flip(file, place);
        ReindexPlan plan = await PlanAsync();
        File.WriteAllBytes(file, before);
        string flip = $"{Path.GetFileName(file)}, place {place} of {PlacesInAFile}";
        Assert.True(plan.Problems.Count == 1, $"{flip}: {plan.Problems.Count} problems.");
        string text = plan.Problems[0].Text;
        Assert.True(text.Contains(_folder.Source, StringComparison.Ordinal), $"{flip}: {text}");
        if (!Path.GetFileName(file).StartsWith("segments", StringComparison.Ordinal) && !file.EndsWith(".si", StringComparison.Ordinal))
            Assert.True(text.Contains("Segment _0", StringComparison.Ordinal), $"{flip}: {text}");
    }

    private static void Flip(string file, int place)
    {
        byte[] bytes = File.ReadAllBytes(file);
        bytes[bytes.Length * (place + 1) / (PlacesInAFile + 1)] ^= (byte)(1 << place);
        File.WriteAllBytes(file, bytes);
    }

    private string FileOf(string extension, string? folder = null) =>
        System.IO.Directory.GetFiles(folder ?? _folder.Source, $"_0*.{extension}").Order(StringComparer.Ordinal).First();

    private static SpladeReindexer Reindexer() => new(new WordEncoder(), NoSample);

    private Task<ReindexPlan> PlanAsync() =>
        Reindexer().PlanAsync(_folder.Source, _folder.Target, [new ReindexMapping("body", "splade")]);

    // Each kind of data in a file of its own; some documents are deleted.
    private void Write(int more = 0)
    {
        using FSDirectory directory = FSDirectory.Open(_folder.Source);
        IndexWriterConfig config = TestIndex.Config();
        config.MergePolicy = NoMergePolicy.NO_COMPOUND_FILES;
        config.UseCompoundFile = false;
        using var writer = new IndexWriter(directory, config);
        int first = more == 0 ? 0 : Documents;
        for (int i = first; i < (more == 0 ? Documents : Documents + more); i++) writer.AddDocument(Document(i));
        writer.Commit();
        if (more == 0) writer.DeleteDocuments(new Term("id", "7"));
        for (int i = 0; i < more / 2; i++) writer.DeleteDocuments(new Term("id", $"{i}"));
    }

    private static Document Document(int number)
    {
        var vectors = new FieldType(TextField.TYPE_STORED) { StoreTermVectors = true, StoreTermVectorPositions = true };
        vectors.Freeze();
        return TestIndex.Document(
            new StringField("id", $"{number}", Field.Store.YES),
            new Field("body", $"dog number w{number} and w{number % 7} of many dog", vectors),
            new NumericDocValuesField("size", number * 31),
            new SortedDocValuesField("group", new BytesRef($"g{number % 11}")));
    }
}
