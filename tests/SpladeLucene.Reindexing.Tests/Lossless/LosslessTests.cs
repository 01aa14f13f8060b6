using Lucene.Net.Index;
using Lucene.Net.Store;

namespace SpladeLucene.Reindexing.Tests;

/// <summary>What is asserted of migrations holds for a naive one, and not for one that goes wrong.</summary>
public sealed class LosslessTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(Deletions.None)]
    [InlineData(Deletions.Some)]
    [InlineData(Deletions.WholeSegment)]
    internal void Assert_NaiveMigration_Passes(Deletions deletions)
    {
        LegacyIndex.Write(_folder.Source, new LegacyShape(60, 4, deletions));
        NaiveMigration.Run(_folder.Source, _folder.Target);

        Check();
    }

    [Fact]
    public void Assert_VectorsOfTheNextDocument_Fails()
    {
        LegacyIndex.Write(_folder.Source, new LegacyShape(60, 4));
        NaiveMigration.Run(_folder.Source, _folder.Target, texts => texts.Skip(1).Append(texts[0]));

        Assert.Contains("document 0", Problem(), StringComparison.Ordinal);
    }

    [Fact]
    public void Assert_OneVectorOfAnotherText_Fails()
    {
        LegacyIndex.Write(_folder.Source, new LegacyShape(60, 4, Deletions.Some));
        NaiveMigration.Run(_folder.Source, _folder.Target, texts => texts.Select((text, i) => i == 7 ? text + " whale" : text));

        Assert.Contains("document ", Problem(), StringComparison.Ordinal);
    }

    [Fact]
    public void Assert_DeletionsBroughtAlong_Fails()
    {
        LegacyIndex.Write(_folder.Source, new LegacyShape(60, 4));
        NaiveMigration.Run(_folder.Source, _folder.Target);
        using (FSDirectory directory = FSDirectory.Open(_folder.Target))
        {
            IndexWriterConfig config = TestIndex.Config();
            config.MergePolicy = NoMergePolicy.COMPOUND_FILES;
            using var writer = new IndexWriter(directory, config);
            writer.DeleteDocuments(new Term(LegacyFields.Id, LegacyIndex.IdOf(3)));
        }

        Assert.NotEmpty(Problem());
    }

    private void Check() => new Lossless(_folder.Source, _folder.Target, Migration.Body).Assert(_folder.PathOf("copy"));

    private string Problem() => Assert.ThrowsAny<Xunit.Sdk.XunitException>(Check).Message;
}
