using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Store;
using SpladeLucene.Reindexing.Tests.Support;

namespace SpladeLucene.Reindexing.Tests;

/// <summary>A source that was put together by AddIndexes and whose doc values were updated since.</summary>
public sealed class AddedIndexTests : IDisposable
{
    private readonly Sandbox _sandbox = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RunAsync_UpdatedDocValuesOfAnAddedIndex_ArriveAsTheyAre(bool besideOthers)
    {
        if (besideOthers) _sandbox.AddSegments(["first", "second"], ["third"]);
        string other = _sandbox.In("other");
        _sandbox.Write(writer =>
        {
            for (int i = 0; i < 20; i++)
            {
                Document document = Sandbox.Document($"added {i}", $"body number {i}");
                document.Add(new NumericDocValuesField("rank", i));
                writer.AddDocument(document);
            }
        }, other);
        using (FSDirectory directory = FSDirectory.Open(other))
            _sandbox.Write(writer => writer.AddIndexes(directory));
        _sandbox.Write(writer => writer.UpdateNumericDocValue(new Term("id", "added 3"), "rank", 99));

        ReindexPlan plan = await _sandbox.PlanAsync();
        Assert.Empty(plan.Problems.Select(problem => problem.Text));
        await _sandbox.RunAsync();
        using DirectoryReader reader = _sandbox.Open();
        NumericDocValues ranks = MultiDocValues.GetNumericValues(reader, "rank");
        Assert.Equal([0L, 1, 2, 99], Enumerable.Range(reader.MaxDoc - 20, 4).Select(ranks.Get));
    }

    public void Dispose() => _sandbox.Dispose();
}
