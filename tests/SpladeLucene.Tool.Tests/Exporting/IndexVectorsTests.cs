using Lucene.Net.Index;
using SpladeLucene.Tool.Exporting;
using SpladeLucene.Tool.Tests.Support;
using FSDirectory = Lucene.Net.Store.FSDirectory;

namespace SpladeLucene.Tool.Tests.Exporting;

public sealed class IndexVectorsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>However few postings are held at a time, each live document has the vector that was indexed.</summary>
    [Theory]
    [InlineData(1, WeightEncoding.Payload)]
    [InlineData(7, WeightEncoding.Payload)]
    [InlineData(7, WeightEncoding.TermFrequency)]
    [InlineData(100, WeightEncoding.TermFrequency)]
    [InlineData(1_000_000, WeightEncoding.Payload)]
    public void Documents_AnyBudget_AreThoseThatWereIndexed(int budget, WeightEncoding encoding)
    {
        var random = new Random(budget);
        string[] texts = [.. Enumerable.Range(0, 60).Select(_ => string.Join(' ', Enumerable.Range(0, random.Next(6)).Select(_ => $"w{random.Next(20)}")))];
        using (var index = new ExportedIndex(_folder.Root, new ImpactFormat { Encoding = encoding }))
        {
            for (int i = 0; i < texts.Length; i++) index.Add($"{i}", texts[i]);
            index.Commit();
            for (int i = 0; i < texts.Length; i += 3) index.Delete($"{i}");
        }

        using FSDirectory directory = FSDirectory.Open(_folder.Root);
        using DirectoryReader reader = DirectoryReader.Open(directory);
        string[] read = [.. new IndexVectors(Assert.Single(reader.Leaves).AtomicReader, "splade", budget)
            .Documents((doc, terms) => $"{doc}: {string.Join(' ', terms.Select(term => $"{term.Term}={term.Impact}"))}", CancellationToken.None)];

        Assert.Equal(texts.Select((text, i) => (Text: text, Doc: i)).Where(each => each.Doc % 3 > 0)
            .Select(each => $"{each.Doc}: {string.Join(' ', each.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct().Order(StringComparer.Ordinal).Select(word => $"{word}=102"))}"), read);
    }

    [Fact]
    public void Documents_SegmentWithoutTheField_HaveNoTerms()
    {
        using (var index = new ExportedIndex(_folder.Root)) index.Add("a", "dog");
        using FSDirectory directory = FSDirectory.Open(_folder.Root);
        using DirectoryReader reader = DirectoryReader.Open(directory);

        Assert.Equal([0], new IndexVectors(Assert.Single(reader.Leaves).AtomicReader, "other").Documents((_, terms) => terms.Count, CancellationToken.None));
    }

    public void Dispose() => _folder.Dispose();
}
