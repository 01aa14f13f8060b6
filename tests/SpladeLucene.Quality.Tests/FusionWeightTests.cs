using SpladeLucene.Evaluation;
using SpladeLucene.Fusion;

namespace SpladeLucene.Quality.Tests;

public sealed class FusionWeightTests : IDisposable
{
    private const int Queries = 40;

    private static readonly RankedHit<string>[] Right = [new("good", 10), new("bad", 1)];
    private static readonly RankedHit<string>[] Wrong = [new("bad", 10), new("good", 1)];

    private readonly string _qrels = Path.GetTempFileName();

    [Fact]
    public void Choose_OneIsAlwaysRight_GivesItMoreThanTheOther()
    {
        Slice slice = MakeSlice();
        Run right = Search(slice, _ => Right), wrong = Search(slice, _ => Wrong);
        // Just past the middle, where equal sums leave BM25's order.
        Assert.Equal(0.55, FusionWeight.Choose(slice, wrong, right));
        Assert.Equal(0, FusionWeight.Choose(slice, right, wrong));
        Assert.Equal(1, FusionWeight.Fuse(slice, wrong, right, 0.55).MeanNdcg);
    }

    [Fact]
    public void Choose_TwoQueriesAgainstOne_DoNotDecide()
    {
        Slice slice = MakeSlice();
        Run bm25 = Search(slice, query => query < 2 ? Wrong : Right);
        Run splade = Search(slice, query => query == 2 ? Wrong : Right);
        Assert.Equal(0, FusionWeight.Choose(slice, bm25, splade));
    }

    public void Dispose() => File.Delete(_qrels);

    private static Run Search(Slice slice, Func<int, RankedHit<string>[]> search) =>
        slice.Search("", null, (_, query) => new Ranking(search(query), 3));

    private Slice MakeSlice()
    {
        File.WriteAllLines(_qrels, Enumerable.Range(0, Queries).Select(query => $"q{query} 0 good 1"));
        return new Slice("", Qrels.Load(_qrels), [.. Enumerable.Range(0, Queries).Select(
            query => new CollectionQuery($"q{query}", "", new Dictionary<string, string>()))]);
    }
}
