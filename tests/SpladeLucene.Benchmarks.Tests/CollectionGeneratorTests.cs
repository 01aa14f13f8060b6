using SpladeLucene.Benchmarks.Collections;
using SpladeLucene.Benchmarks.Reporting;

namespace SpladeLucene.Benchmarks.Tests;

public sealed class CollectionGeneratorTests : IDisposable
{
    private static readonly SourceVectors Source = SyntheticVectors.Make(seed: 42);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_SameRecipe_GivesTheSameBytes()
    {
        var recipe = new CollectionRecipe { Documents = 50 };
        byte[] first = File.ReadAllBytes(Write(recipe, "first"));
        Assert.Equal(first, File.ReadAllBytes(Write(recipe, "second")));
        Assert.NotEqual(first, File.ReadAllBytes(Write(recipe with { Seed = 43 }, "other")));
    }

    [Fact]
    public void Write_AnyRecipe_GivesDocumentsAsLongAsItSays()
    {
        string file = Write(new CollectionRecipe { Documents = 1000, MeanTerms = 60, TermsDeviation = 10 }, "short");
        double[] lengths = [.. SpvFile.Read(file).Select(document => (double)document.Terms.Count)];
        Assert.Equal((1000, (long)lengths.Sum()), SpvFile.SizeOf(file));
        Assert.InRange(lengths.Average(), 58, 62);
        Assert.InRange(Math.Sqrt(lengths.Average(length => Math.Pow(length - lengths.Average(), 2))), 8, 12);
    }

    [Fact]
    public void Write_AnyDocument_HasEachTermOnceAndNoImpactOfNothing()
    {
        Assert.All(SpvFile.Read(Write(new CollectionRecipe { Documents = 50 }, "some")), document =>
        {
            Assert.Equal(document.Terms.Count, document.Terms.Distinct().Count());
            Assert.DoesNotContain((byte)0, document.Impacts);
        });
    }

    [Fact]
    public void Write_Clustered_MakesNeighboursAlike()
    {
        var recipe = new CollectionRecipe { Documents = 300, MeanTerms = 30, TermsDeviation = 1 };
        double random = SharedTerms(Write(recipe, "random", Topics()));
        double clustered = SharedTerms(
            Write(recipe with { Order = DocumentOrder.Clustered }, "clustered", Topics()));
        Assert.True(clustered > 1.5 * random, $"{clustered} of {random}");
    }

    [Fact]
    public void Write_Cancelled_LeavesNothing()
    {
        string file = _folder.PathOf("cancelled.spv");
        var recipe = new CollectionRecipe { Documents = 50 };
        Assert.Throws<OperationCanceledException>(() => CollectionGenerator.Write(
            recipe, Source, file, ProgressLine.Of("", null), new CancellationToken(canceled: true)));
        Assert.Empty(System.IO.Directory.GetFiles(Path.GetDirectoryName(file)!));
    }

    [Fact]
    public void WriteVerbatim_VectorsOfSeveralCollections_LeavesOutThoseOfMsMarco()
    {
        string text = "nq\t1\ta:9 b:300\nmsmarco-passage.dev-subset\t2\tc:5\ndl20\t3\td:5\nfiqa\t4\tb:7\n";
        SourceVectors source = VectorFile.Read(_folder.Write("vectors.txt", text));
        string file = _folder.PathOf("real.spv");
        CollectionGenerator.WriteVerbatim(new CollectionRecipe(), source, file);
        string[] documents = [.. SpvFile.Read(file).Select(document => string.Join(
            ' ', document.Terms.Zip(document.Impacts, (term, impact) => $"{term}:{impact}")))];
        Assert.Equal(["a:9 b:255", "b:7"], documents.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Queries_MoreThanThereAre_GivesAllOnce()
    {
        Assert.Equal(50_000, Source.Queries(1, int.MaxValue).DistinctBy(query => query.Id).Count());
        Assert.Equal(500, Source.Queries(1, 500).Count);
    }

    // 20 vectors on each of 20 topics, which share no term.
    private static SourceVectors Topics() => new(
        [.. Enumerable.Range(0, 400).Select(term => $"t{term}")],
        [
            .. Enumerable.Range(0, 400).Select(i => new SourceVector("s", $"{i}",
                [.. Enumerable.Range(20 * (i % 20), 20)], [.. Enumerable.Range(0, 20).Select(j => 100f - j)])),
        ],
        "s");

    private string Write(CollectionRecipe recipe, string name, SourceVectors? source = null)
    {
        string file = _folder.PathOf(name + ".spv");
        CollectionGenerator.Write(recipe, source ?? Source, file, ProgressLine.Of("", null), CancellationToken.None);
        return file;
    }

    private static double SharedTerms(string file)
    {
        HashSet<string>[] documents = [.. SpvFile.Read(file).Select(document => document.Terms.ToHashSet())];
        return documents.Zip(documents.Skip(1), (one, next) => one.Count(next.Contains)).Average();
    }
}
