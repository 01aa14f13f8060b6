using SpladeLucene.Evaluation;

namespace SpladeLucene.Quality.Tests;

public sealed class FusionTests : IDisposable
{
    private static readonly RankedHit<string>[] Right = [new("good", 10), new("bad", 1)];
    private static readonly RankedHit<string>[] Wrong = [new("bad", 10), new("good", 1)];

    private readonly string _qrels = Path.GetTempFileName();

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.45, 0)]
    [InlineData(0.55, 1)]
    [InlineData(1, 1)]
    public void Of_OneIsRightAndTheOtherWrong_TheHeavierDecides(double weight, int first)
    {
        Slice slice = MakeSlice();

        Run fused = Fusion.Of(slice, Search(slice, Wrong), Search(slice, Right), weight);

        double second = 1 / Math.Log2(3);
        Assert.Equal(first == 1 ? 1 : second, fused.MeanNdcg, 12);
    }

    public void Dispose() => File.Delete(_qrels);

    private static Run Search(Slice slice, RankedHit<string>[] hits) =>
        Run.Of(slice, "", null, (_, _) => new Ranking(hits, 3));

    private Slice MakeSlice()
    {
        File.WriteAllLines(_qrels, ["q0 0 good 1", "q1 0 good 1"]);
        return new Slice("", Qrels.Load(_qrels), [.. Enumerable.Range(0, 2).Select(
            query => new CollectionQuery($"q{query}", "", new Dictionary<string, string>()))]);
    }
}
