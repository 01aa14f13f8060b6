using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Store;

namespace SpladeLucene.Reindexing.Tests;

/// <summary>The comparer sees every kind of loss, and says it. Without that its silence would mean nothing.</summary>
public sealed class IndexComparerTests
{
    public static TheoryData<string> Losses => [.. Loss.All.Select(loss => loss.Name)];

    [Theory]
    [MemberData(nameof(Losses))]
    public void FirstDifference_SomethingLost_SaysWhat(string name)
    {
        Loss loss = Loss.All.Single(loss => loss.Name == name);
        List<Document> documents = LegacyDocuments.Of(Loss.Shape);
        loss.Inflict(documents);
        using DirectoryReader whole = Open(LegacyDocuments.Of(Loss.Shape)), poorer = Open(documents);

        string? difference = IndexComparer.FirstDifference(whole, poorer);

        Assert.Contains(loss.Says, difference, StringComparison.Ordinal);
    }

    [Fact]
    public void FirstDifference_NothingLost_IsNull()
    {
        using DirectoryReader one = Open(LegacyDocuments.Of(Loss.Shape)), other = Open(LegacyDocuments.Of(Loss.Shape));

        Difference.None(IndexComparer.FirstDifference(one, other));
    }

    [Fact]
    public void FirstDifference_AddedField_IsFoundUnlessItIsNamed()
    {
        List<Document> documents = LegacyDocuments.Of(Loss.Shape);
        documents.ForEach(document => document.Add(new TextField("added", "dog", Field.Store.NO)));
        using DirectoryReader whole = Open(LegacyDocuments.Of(Loss.Shape)), richer = Open(documents);

        Assert.Contains("gained", IndexComparer.FirstDifference(whole, richer), StringComparison.Ordinal);
        Assert.NotNull(IndexComparer.FirstDifferenceInStatistics(whole, richer));
        Difference.None(IndexComparer.FirstDifference(whole, richer, "added"));
        Difference.None(IndexComparer.FirstDifferenceInStatistics(whole, richer, "added"));
    }

    [Fact]
    public void FirstDifferenceInUserData_LostEntry_IsNamed()
    {
        using DirectoryReader whole = Open(LegacyDocuments.Of(Loss.Shape));
        using DirectoryReader bare = TestIndex.Of(LegacyDocuments.Of(Loss.Shape));

        Assert.Contains("owner", IndexComparer.FirstDifferenceInUserData(whole, bare), StringComparison.Ordinal);
        Difference.None(IndexComparer.FirstDifferenceInUserData(bare, whole));
    }

    [Fact]
    public void ScoreComparer_OneNormMore_IsFound()
    {
        List<Document> documents = LegacyDocuments.Of(Loss.Shape);
        Loss.All.Single(loss => loss.Name == "boost").Inflict(documents);
        using DirectoryReader whole = Open(LegacyDocuments.Of(Loss.Shape)), poorer = Open(documents);
        var queries = QueryGenerator.Of(whole, [], seed: 1);

        Assert.Contains("scored", ScoreComparer.FirstDifference(whole, poorer, queries), StringComparison.Ordinal);
        Assert.Contains("ranking", ScoreComparer.FirstDifferenceInRanking(whole, poorer, queries), StringComparison.Ordinal);
        Difference.None(ScoreComparer.FirstDifference(whole, whole, queries));
    }

    private static DirectoryReader Open(List<Document> documents)
    {
        var directory = new RAMDirectory();
        LegacyIndex.Write(directory, Loss.Shape with { Documents = documents.Count }, documents);
        return DirectoryReader.Open(directory);
    }
}
