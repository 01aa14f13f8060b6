using System.IO.Compression;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Store;

namespace SpladeLucene.Reindexing.Tests;

/// <summary>Indexes that old versions of Lucene have written.</summary>
public sealed class RealIndexTests
{
    private static readonly ReindexMapping None = new([], "splade");

    /// <summary>By index: the stored field that is encoded, and in how many documents it isn't stored.</summary>
    public static TheoryData<string, string, int> Stored => new()
    {
        { "index.36.surrogates", "foo", 0 },
        { "index.40.cfs", "content2", 1 },
        { "index.40.optimized.nocfs", "autf8", 0 },
        { "index.42.nocfs", "utf8", 1 },
        { "index.461.cfs", "fieⱷld", 1 },
    };

    [DataTheory]
    [MemberData(nameof(Stored))]
    public async Task RunAsync_StoredText_LosesNothing(string name, string from, int missing)
    {
        using TemporaryFolder folder = Unpack(name);
        var mapping = new ReindexMapping(from, "splade");
        ReindexOptions options = Migration.SmallBatches with { TextOf = TextOf };

        ReindexPlan refused = await Plan(folder, mapping, Migration.SmallBatches);
        await Migration.RunAsync(folder.Source, folder.Target, [mapping], options);

        Assert.Equal(missing == 0, refused.CanRun);
        Assert.Equal(missing, refused.Texts.Single().Missing);
        bool isOfLucene3 = name.StartsWith("index.3", StringComparison.Ordinal);
        new Lossless(folder.Source, folder.Target, mapping) { Options = options, IsOfLucene3 = isOfLucene3 }
            .Assert(folder.PathOf("copy"));
        Clean.Assert(folder.Target);
    }

    [DataFact]
    public async Task RunAsync_NoStoredText_IsRefusedOrSupplied()
    {
        using TemporaryFolder folder = Unpack("index.48.w-binary-doc-values");
        var mapping = new ReindexMapping("Field1", "splade");
        ReindexOptions supplied = Migration.SmallBatches with { TextOf = TextOf, BatchTokens = 10_000 };

        ReindexPlan refused = await Plan(folder, mapping, Migration.SmallBatches);
        await Migration.RunAsync(folder.Source, folder.Target, [mapping], supplied);

        Assert.Contains("'Field1' is not stored", Assert.Single(refused.Problems).Text, StringComparison.Ordinal);
        new Lossless(folder.Source, folder.Target, mapping) { Options = supplied }.Assert(folder.PathOf("copy"));
        Clean.Assert(folder.Target);
    }

    [DataFact]
    public async Task PlanAsync_TooOld_IsRefusedInAClearSentence()
    {
        using TemporaryFolder folder = Unpack("unsupported.24.cfs");

        ReindexPlan plan = await Plan(folder, Migration.Body, Migration.SmallBatches);

        string problem = Assert.Single(plan.Problems).Text;
        Assert.Contains("too old", problem, StringComparison.Ordinal);
        Assert.Contains(folder.Source, problem, StringComparison.Ordinal);
    }

    [DataTheory]
    [InlineData("index.36.surrogates", true)]
    [InlineData("index.40.cfs", false)]
    [InlineData("index.461.cfs", false)]
    public async Task PlanAsync_SegmentsOf3x_AreAnnounced(string name, bool announced)
    {
        using TemporaryFolder folder = Unpack(name);

        ReindexPlan plan = await Plan(folder, None, Migration.SmallBatches with { TextOf = TextOf });

        Assert.Equal(announced, plan.Notices.Any(notice => notice.Contains("BM25", StringComparison.Ordinal)));
    }

    // A 3.x segment knows no sums of frequencies, and Lucene counts them whenever it rewrites one.
    [DataFact]
    public void BySegment_SegmentsOf3x_ScoreOtherwise()
    {
        using TemporaryFolder folder = Unpack("index.36.surrogates");
        using FSDirectory directory = FSDirectory.Open(folder.Source);
        using DirectoryReader source = DirectoryReader.Open(directory);
        using DirectoryReader rewritten = Expunged.BySegment(source);

        Assert.Equal(-1, source.GetSumTotalTermFreq("foo"));
        Assert.NotEqual(-1, rewritten.GetSumTotalTermFreq("foo"));
        Difference.None(IndexComparer.FirstDifference(source, rewritten));
    }

    /// <summary>Whatever else lies there: put more indexes beside these, and they are tried too.</summary>
    public static TheoryData<string> Every => TestData.Skip is null
        ? [.. System.IO.Directory.GetFiles(TestData.PathOf("lucene-indexes"), "*.zip")
            .Select(file => Path.GetFileNameWithoutExtension(file)!)]
        : ["none"];

    [DataTheory]
    [MemberData(nameof(Every))]
    public async Task RunAsync_EveryIndexThatIsThere_LosesNothingOrIsTooOld(string name)
    {
        using TemporaryFolder folder = Unpack(name);
        ReindexOptions supplied = Migration.SmallBatches with { TextOf = TextOf, BatchTokens = 10_000 };
        ReindexPlan plan = await Plan(folder, None, supplied);
        if (name.StartsWith("unsupported", StringComparison.Ordinal))
        {
            Assert.Contains("is too old", Assert.Single(plan.Problems).Text, StringComparison.Ordinal);
            return;
        }

        await Migration.RunAsync(folder.Source, folder.Target, [None], supplied);

        bool isOfLucene3 = plan.Segments.Any(segment => segment.Codec == "Lucene3x");
        new Lossless(folder.Source, folder.Target, None) { Options = supplied, IsOfLucene3 = isOfLucene3 }
            .Assert(folder.PathOf("copy"));
        Clean.Assert(folder.Target);
    }

    private static string TextOf(ReindexSource document) =>
        $"text of {document.Segment} number n{document.Number % 100}";

    private static Task<ReindexPlan> Plan(TemporaryFolder folder, ReindexMapping mapping, ReindexOptions options) =>
        new SpladeReindexer(new WordEncoder(), options).PlanAsync(folder.Source, folder.Target, [mapping]);

    private static TemporaryFolder Unpack(string name)
    {
        var folder = new TemporaryFolder();
        ZipFile.ExtractToDirectory(TestData.PathOf("lucene-indexes", name + ".zip"), folder.Source);
        return folder;
    }
}
