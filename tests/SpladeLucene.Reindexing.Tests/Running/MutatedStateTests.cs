using System.IO.Compression;
using System.Text;
using SpladeLucene.Reindexing.Carrying;
using SpladeLucene.Reindexing.State;
using SpladeLucene.Reindexing.Tests.Support;

namespace SpladeLucene.Reindexing.Tests;

/// <summary>What a migration left on disk and is a little wrong is used, made again or refused; nothing else comes of it.</summary>
public sealed class MutatedStateTests : IDisposable
{
    private readonly Sandbox _sandbox = new()
    {
        Options = new ReindexOptions { SampleTexts = 0, Format = ImpactFormat.Default with { Offsets = true } },
    };

    public MutatedStateTests() =>
        ZipFile.ExtractToDirectory(Path.Combine(AppContext.BaseDirectory, "data", "older-migration.zip"), _sandbox.In("older"));

    [Theory]
    [InlineData("state.json", 1)]
    [InlineData("vectors.log", 3)]
    [InlineData("target/*", 10)]
    public async Task RunAsync_MutatedFileOfAnInterruptedRun_GoesOnOrRefuses(string name, int cost)
    {
        System.IO.Directory.Move(_sandbox.In("older/source"), _sandbox.Source);
        string[] files = FilesOf(_sandbox.In("older/interrupted.upgrading"), name);
        foreach (string file in files)
        {
            foreach ((string change, byte[] mutated) in Mutation.Of(File.ReadAllBytes(file), name.Length, files.Length, cost))
            {
                Clear();
                Copy(_sandbox.In("older/interrupted.upgrading"), _sandbox.Working);
                File.WriteAllBytes(Path.Combine(_sandbox.Working, Path.GetRelativePath(_sandbox.In("older/interrupted.upgrading"), file)), mutated);
                await AssertEndsInASentenceAsync($"{file}, {change}");
            }
        }
    }

    [Fact]
    public async Task RunAsync_MutatedFileOfTheTarget_CatchesUpOrRefuses()
    {
        System.IO.Directory.Move(_sandbox.In("older/source"), _sandbox.Source);
        string[] files = FilesOf(_sandbox.In("older/complete"), "*");
        foreach (string file in files)
        {
            foreach ((string change, byte[] mutated) in Mutation.Of(File.ReadAllBytes(file), 5, files.Length, cost: 10))
            {
                Clear();
                Copy(_sandbox.In("older/complete"), _sandbox.Target);
                File.WriteAllBytes(Path.Combine(_sandbox.Target, Path.GetFileName(file)), mutated);
                await AssertEndsInASentenceAsync($"{file}, {change}");
            }
        }
    }

    [Fact]
    public void Read_MutatedOriginsOfTheSameName_AreWholeOrNone()
    {
        string folder = _sandbox.In("origins");
        System.IO.Directory.CreateDirectory(folder);
        SegmentOrigin origin = new("ab", 9, "Ag==", new SegmentTexts(["id", "body"], ["body"], [812]));
        string name = TargetOrigins.Write(folder, [origin, null, origin]);
        byte[] content = File.ReadAllBytes(Path.Combine(folder, $"splade-origins-{name}.json"));
        foreach ((string change, byte[] mutated) in Mutation.Of(content, seed: 4))
        {
            string json = Encoding.UTF8.GetString(mutated);
            string hash = Convert.ToHexString(SpladeLucene.Reindexing.Vectors.TextHash.Of(json).ToBytes());
            File.WriteAllText(Path.Combine(folder, $"splade-origins-{hash}.json"), json, new UTF8Encoding(false));
            foreach (SegmentOrigin? read in TargetOrigins.Read(folder, hash) ?? [])
                Assert.True(read is null || (read.Identity + read.Deleted + read.Texts.Stored.Count).Length > 0, change);
        }
    }

    [Theory]
    [InlineData("""{"identity":{"fingerprint":"f","offsets":false,"fields":[null]},"source":"s","segments":0,"generation":0}""")]
    [InlineData("""{"identity":{"fingerprint":"f","offsets":false,"fields":[{"from":null,"to":"t"}]},"source":"s"}""")]
    [InlineData("""{"identity":{"fingerprint":"f","offsets":false,"fields":[{"from":["a","a"],"to":"t"}]},"source":"s"}""")]
    [InlineData("""{"identity":{"fingerprint":"f","offsets":false,"fields":[{"from":["a"],"to":" "}]},"source":"s"}""")]
    public void Parse_MappingThatIsNone_IsNoState(string json) => Assert.Null(Checkpoint.Parse(json));

    public void Dispose() => _sandbox.Dispose();

    private async Task AssertEndsInASentenceAsync(string what)
    {
        try
        {
            await _sandbox.RunAsync().WaitAsync(TimeSpan.FromMinutes(5));
        }
        catch (Exception e) when (e is ReindexRefusedException or IOException or InvalidDataException or ReindexDocumentException)
        {
            Assert.False(string.IsNullOrWhiteSpace(e.Message), what);
        }
        catch (Exception e)
        {
            Assert.Fail($"{what}: {e}");
        }
    }

    private void Clear()
    {
        foreach (string folder in new[] { _sandbox.Target, _sandbox.Working }.Where(System.IO.Directory.Exists))
            System.IO.Directory.Delete(folder, recursive: true);
    }

    private static string[] FilesOf(string folder, string name)
    {
        string[] files = System.IO.Directory.GetFiles(Path.Combine(folder, Path.GetDirectoryName(name)!), Path.GetFileName(name));
        return [.. files.Where(file => Path.GetFileName(file) is not ("lock" or "write.lock")).Order(StringComparer.Ordinal)];
    }

    private static void Copy(string from, string to)
    {
        foreach (string file in System.IO.Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(to, Path.GetRelativePath(from, file));
            System.IO.Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
