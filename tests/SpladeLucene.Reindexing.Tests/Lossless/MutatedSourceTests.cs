using System.IO.Compression;

namespace SpladeLucene.Reindexing.Tests;

/// <summary>
/// Index files of a source that are a little wrong: where Lucene wrote checksums the plan refuses them; where it didn't,
/// plan and run end in a sentence or in an index.
/// </summary>
public sealed class MutatedSourceTests : IDisposable
{
    private const int Cost = 2;

    private static readonly ReindexOptions Options = new() { SampleTexts = 0, SkipMissingText = true, TextOf = _ => "dog" };

    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task PlanAsync_MutatedFile_IsRefused(bool compound)
    {
        var shape = new LegacyShape(40, 2, Deletions.Some) { Configure = MoreLegacy.CompoundFiles(compound) };
        LegacyIndex.Write(_folder.Source, shape);
        await EachAsync(_folder.Source, "id", async (file, what) =>
        {
            ReindexPlan plan = await Reindexer.PlanAsync(_folder.Source, _folder.Target, [Migration.Body]);
            Assert.True(plan.Problems.Count == 1 || file == "segments.gen", $"{what}: {plan.Problems.Count} problems");
        });
    }

    [DataTheory]
    [InlineData("index.36.surrogates", "foo")]
    [InlineData("index.40.cfs", "content2")]
    [InlineData("index.42.nocfs", "utf8")]
    public async Task RunAsync_MutatedFileWithoutChecksums_EndsInASentence(string name, string from)
    {
        ZipFile.ExtractToDirectory(TestData.PathOf("lucene-indexes", name + ".zip"), _folder.Source);
        await EachAsync(_folder.Source, from, async (_, _) =>
        {
            foreach (string left in new[] { _folder.Target, _folder.Target + ".upgrading" }.Where(System.IO.Directory.Exists))
                System.IO.Directory.Delete(left, recursive: true);
            ReindexPlan plan = await Reindexer.PlanAsync(_folder.Source, _folder.Target, [new ReindexMapping(from, "splade")]);
            if (plan.CanRun) await Reindexer.RunAsync(plan);
        });
    }

    public void Dispose() => _folder.Dispose();

    private static SpladeReindexer Reindexer => new(new WordEncoder(), Options);

    private static async Task EachAsync(string folder, string seed, Func<string, string, Task> migrate)
    {
        string[] files = [.. System.IO.Directory.GetFiles(folder).Where(file => Path.GetFileName(file) != "write.lock")
            .Order(StringComparer.Ordinal)];
        foreach (string file in files)
        {
            byte[] content = File.ReadAllBytes(file);
            foreach ((string change, byte[] mutated) in Mutation.Of(content, seed.Length + Path.GetFileName(file).Length, files.Length, Cost))
            {
                if (mutated.AsSpan().SequenceEqual(content)) continue;
                File.WriteAllBytes(file, mutated);
                string what = $"{Path.GetFileName(file)}, {change}";
                try
                {
                    await migrate(Path.GetFileName(file), what).WaitAsync(TimeSpan.FromMinutes(1));
                }
                catch (Exception e) when (e is ReindexRefusedException or IOException or ReindexDocumentException)
                {
                    Assert.False(string.IsNullOrWhiteSpace(e.Message), what);
                }
                catch (Exception e) when (e is not Xunit.Sdk.XunitException)
                {
                    Assert.Fail($"{what}: {e}");
                }
            }

            File.WriteAllBytes(file, content);
        }
    }
}
