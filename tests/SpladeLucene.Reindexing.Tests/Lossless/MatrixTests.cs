namespace SpladeLucene.Reindexing.Tests;

/// <summary>Indexes of many makes are migrated, and nothing is lost.</summary>
public sealed class MatrixTests
{
    private static readonly LegacyShape[] Shapes =
    [
        new(40, 1, Deletions.None, LegacyFeatures.None),
        .. Enum.GetValues<LegacyFeatures>().Select(feature => new LegacyShape(40, 3, Deletions.Some, feature)),
        .. Enum.GetValues<Deletions>().Except([Deletions.Everything]).Select(deletions => new LegacyShape(60, 4, deletions)),
        new(60, 1, Deletions.Some),
        new(90, 45, Deletions.AllButOne),
        new(90, 3, Deletions.None, Seed: 2),
        new(300, 7, Deletions.Some, Seed: 3),
        new(1, 1),
    ];

    public static TheoryData<int, string> Numbered
    {
        get
        {
            var data = new TheoryData<int, string>();
            foreach ((int number, LegacyShape shape) in Shapes.Index()) data.Add(number, shape.ToString());
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Numbered))]
    public async Task RunAsync_EveryShape_LosesNothing(int number, string shape)
    {
        Assert.Equal(shape, Shapes[number].ToString());
        using var folder = new TemporaryFolder();
        LegacyIndex.Write(folder.Source, Shapes[number]);

        ReindexResult result = await Migration.RunAsync(folder.Source, folder.Target, [Migration.Body]);

        Assert.Equal(ReindexStart.New, result.Start);
        new Lossless(folder.Source, folder.Target, Migration.Body).Assert(folder.PathOf("copy"));
    }

    [Fact]
    public async Task RunAsync_RandomShapes_LoseNothing()
    {
        for (int seed = 1; seed <= TestSettings.Seeds; seed++)
        {
            LegacyShape shape = RandomShape(new Random(seed));
            using var folder = new TemporaryFolder();
            LegacyIndex.Write(folder.Source, shape);

            await Migration.RunAsync(folder.Source, folder.Target, [Migration.TitleAndBody]);

            new Lossless(folder.Source, folder.Target, Migration.TitleAndBody).Assert(folder.PathOf("copy"));
        }
    }

    // The new fields of one segment don't fit the writer's buffer, and are put together from several parts.
    [Fact]
    [Trait("Category", "Large")]
    public async Task RunAsync_BufferTooSmallForASegment_KeepsTheOrder()
    {
        using var folder = new TemporaryFolder();
        LegacyIndex.Write(folder.Source, new LegacyShape(500, 1, Deletions.Some, LegacyFeatures.None));
        var options = new ReindexOptions { BufferMegabytes = 1, BatchTokens = 500 };
        using var encoder = new BroadEncoder();

        await Migration.RunAsync(folder.Source, folder.Target, [Migration.Body], options, encoder);

        new Lossless(folder.Source, folder.Target, Migration.Body) { Options = options, Encoder = encoder }
            .Assert(folder.PathOf("copy"));
    }

    [Theory]
    [InlineData(WeightEncoding.Payload, true)]
    [InlineData(WeightEncoding.TermFrequency, false)]
    public async Task RunAsync_EveryEncoding_AddsItsVectors(WeightEncoding encoding, bool offsets)
    {
        using var folder = new TemporaryFolder();
        LegacyIndex.Write(folder.Source, new LegacyShape(60, 4, Deletions.Some));
        ReindexOptions options = Migration.SmallBatches with
        {
            Format = new ImpactFormat
            {
                Encoding = encoding, Offsets = offsets, Quantizer = new ImpactQuantizer(20),
            },
        };

        await Migration.RunAsync(folder.Source, folder.Target, [Migration.Body], options);

        new Lossless(folder.Source, folder.Target, Migration.Body) { Options = options }.Assert(folder.PathOf("copy"));
    }

    [Fact]
    public async Task RunAsync_SeveralMappings_AddsAllOfThem()
    {
        using var folder = new TemporaryFolder();
        LegacyIndex.Write(folder.Source, new LegacyShape(60, 4, Deletions.Some));
        ReindexMapping[] mappings = [Migration.Body, Migration.TitleAndBody, new(LegacyFields.Unindexed, "unindexed_splade")];

        await Migration.RunAsync(folder.Source, folder.Target, mappings);

        new Lossless(folder.Source, folder.Target, mappings).Assert(folder.PathOf("copy"));
    }

    private static LegacyShape RandomShape(Random random)
    {
        int documents = random.Next(5, 250);
        var features = (LegacyFeatures)random.Next((int)LegacyFeatures.All + 1);
        return new LegacyShape(documents, random.Next(1, Math.Min(20, documents / 4) + 1),
            (Deletions)random.Next((int)Deletions.Everything), features, random.Next());
    }
}
