using SpladeLucene.Tool.Tests.Support;

namespace SpladeLucene.Tool.Tests.Exporting.Engines;

/// <summary>
/// Engines that are installed for it are given an export, and asked all queries: they find the same documents with the same scores.
/// </summary>
[Trait("Category", "Engines")]
[Collection(nameof(EngineCollection))]
public sealed class OtherEnginesTests(EngineFixture fixture)
{
    [ProgramsTheory("node", "npm")]
    [InlineData("pgvector")]
    [InlineData("pgvector-copy")]
    public async Task Pgvector_AllQueries_FindWhatIsFoundHere(string format)
    {
        (string documents, string queries) = await fixture.ExportAsync(format, "--vocabulary", fixture.PathOf("terms.txt"));

        Assert.Equal(fixture.Expected, EngineFixture.Read(await RunAsync("pglite.sh", EngineFixture.Engines("pglite"), documents, queries)));
    }

    [ProgramsFact("java", "javac", "apt-get")]
    public async Task FeatureField_AllQueries_FindWhatIsFoundHere()
    {
        (string documents, string queries) = await fixture.ExportAsync("opensearch");

        Assert.Equal(fixture.Expected, EngineFixture.Read(await RunAsync("featurefield.sh", EngineFixture.Engines("java"), documents, queries)));
    }

    /// <summary>Lucene keeps the first 17 bits of a feature's value, of which 9 are significant; what it then scores is known.</summary>
    [ProgramsFact("java", "javac", "apt-get")]
    public async Task FeatureField_RealWeights_AreScoredAsTheyAreRounded()
    {
        (string documents, string queries) = await fixture.ExportAsync("opensearch", "--weights", "real");
        EngineBodies bodies = EngineBodies.Read("opensearch", documents, queries);

        IReadOnlyList<EngineHit> found = EngineFixture.Read(await RunAsync("featurefield.sh", EngineFixture.Engines("java"), documents, queries));

        Dictionary<(string, string), float> due = bodies.Score(weight => BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(weight) >> 15 << 15))
            .ToDictionary(hit => (hit.Query, hit.Id), hit => hit.Score);
        Assert.All(found, hit => Assert.Equal(due[(hit.Query, hit.Id)], hit.Score, due[(hit.Query, hit.Id)] * 1e-5f));
        Assert.Equal(due.Keys.Select(key => key.Item1).Distinct().Order(StringComparer.Ordinal), found.Select(hit => hit.Query).Distinct().Order(StringComparer.Ordinal));
        foreach (string query in found.Select(hit => hit.Query).Distinct())
        {
            float last = found.Last(hit => hit.Query == query).Score * (1 + 1e-5f);
            Assert.Empty(due.Where(hit => hit.Key.Item1 == query && hit.Value > last).Select(hit => hit.Key.Item2).Except(found.Where(hit => hit.Query == query).Select(hit => hit.Id)));
        }
    }

    private static Task<string> RunAsync(string script, params string[] args) =>
        Programs.RunAsync("bash", [EngineFixture.Script(script), .. args]);
}
