using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Store;

namespace SpladeLucene.Tests;

public sealed class SpladeExplainerTests
{
    private static readonly WordEncoder Encoder = new();
    private static readonly ImpactFormat Spans = new() { Offsets = true };
    private static readonly SpladeQueryOptions FromBody = new() { SourceFields = ["body"] };

    [Fact]
    public void Matches_ExpandedOnEachSide_SaysWhichWordsMet()
    {
        using DirectoryReader reader = Index("The sleeping canine", offsets: true);

        IReadOnlyList<TermMatch> matches = SpladeExplainer.Matches(
            reader, 0, SpladeQuery.Create(reader, "splade", "dog", Encoder, FromBody));

        Assert.Equal(
            [
                "\"canine\" is an expansion of the query's \"dog\" and stands in the document",
                "\"dog\" stands in the query and is an expansion of the document's \"canine\"",
            ],
            matches.Select(match => match.InWords()).Order());
        Assert.All(matches, match => Assert.True(match.IsExpansion));
    }

    [Fact]
    public void Matches_SameWordOnBothSides_IsNoExpansion()
    {
        using DirectoryReader reader = Index("A Fox", offsets: true);

        TermMatch match = Assert.Single(SpladeExplainer.Matches(
            reader, 0, SpladeQuery.Create(reader, "splade", "fox", Encoder, FromBody)));

        Assert.Equal("\"fox\" stands in the query and stands in the document", match.InWords());
        Assert.False(match.IsExpansion);
        Assert.Equal(new SourceSpan(2, 5), match.DocumentSource?.Span);
    }

    [Theory]
    [InlineData("Ġfox", "\"fox\" stands in the query and stands in the document")]
    [InlineData("\u2581fox", "\"fox\" stands in the query and stands in the document")]
    [InlineData("##fox", "\"…fox\" stands in the query's \"fox\" and stands in the document's \"Fox\"")]
    public void InWords_MarkOfAVocabulary_IsNoLetter(string term, string words)
    {
        TermSource query = TermSource.Find(term, new SourceSpan(0, 3), "fox")!;
        TermSource document = TermSource.Find(term, new SourceSpan(2, 5), "A Fox")!;
        Assert.Equal(words, new TermMatch(term, 1, 1, 1, query, document).InWords());
    }

    [Fact]
    public void Matches_WithoutOffsetsOrQueryText_SaysWhatIsKnown()
    {
        using DirectoryReader reader = Index("A Fox", offsets: false);

        TermMatch match = Assert.Single(
            SpladeExplainer.Matches(reader, 0, new SpladeQuery("splade", Encoder.Encode("fox"))));

        Assert.Equal("\"fox\" is in the query's vector and is in the document's vector", match.InWords());
    }

    [Fact]
    public void Matches_StoredTextShorterThanTheOffsets_SaysWhatIsKnown()
    {
        using DirectoryReader reader = TestIndex.Of([TestIndex.Document(
            new StoredField("body", "A"),
            new SpladeField("splade", Encoder.Encode("A Fox"), Encoder.Fingerprint, Spans, sourceLength: 5))]);

        TermMatch match = Assert.Single(SpladeExplainer.Matches(
            reader, 0, SpladeQuery.Create(reader, "splade", "fox", Encoder, FromBody)));

        Assert.Null(match.DocumentSource);
    }

    [Fact]
    public void Matches_SecondValueAfterTextWithoutTerms_QuotesItsOwnWords()
    {
        string[] values = ["A fox!!!!", "My canine barks"];
        using DirectoryReader reader = TestIndex.Of([TestIndex.Document([.. values.SelectMany(text => new Field[]
        {
            new TextField("body", text, Field.Store.YES),
            new SpladeField("splade", Encoder.Encode(text), Encoder.Fingerprint, Spans, text.Length),
        })])]);

        TermMatch match = SpladeExplainer.Matches(
            reader, 0, SpladeQuery.Create(reader, "splade", "barks", Encoder, FromBody)).Single();

        Assert.Equal("barks", match.DocumentSource?.Word);
    }

    // Byte-level and unigram vocabularies have tokens of white space, which may win a term's weight as any other.
    [Theory]
    [InlineData(3, 4)]
    [InlineData(9, 10)]
    public void Matches_TokenOfWhiteSpace_LeavesTheOthersTheirWords(int start, int end)
    {
        SparseVector vector = SparseVector.Create([new SparseTerm("fox", 2, new SourceSpan(0, 3)), new SparseTerm("dog", 1, new SourceSpan(start, end))]);
        using DirectoryReader reader = TestIndex.Of([TestIndex.Document(
            new TextField("title", "Fox barks", Field.Store.YES), new TextField("body", "loud", Field.Store.YES),
            new SpladeField("splade", vector, Encoder.Fingerprint, Spans, 14))]);
        var query = new SpladeQuery("splade", Encoder.Encode("fox dog")) { SourceFields = ["title", "body"] };

        Assert.Equal([("dog", null), ("fox", "Fox")], SpladeExplainer.Matches(reader, 0, query)
            .Select(match => (match.Term, match.DocumentSource?.Word)).OrderBy(match => match.Term, StringComparer.Ordinal));
    }

    [Fact]
    public void Explain_Boosted_NamesTheBoost()
    {
        using DirectoryReader reader = Index("A Fox", offsets: true);
        SpladeQuery query = SpladeQuery.Create(reader, "splade", "fox", Encoder, FromBody);
        query.Boost = 3;

        string explanation = new IndexSearcher(reader).Explain(query, 0).ToString();

        Assert.Contains("× boost 3", explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_DeletedDocument_DoesNotMatch()
    {
        using var directory = new RAMDirectory();
        using var writer = new IndexWriter(directory, TestIndex.Config());
        foreach (string id in new[] { "1", "2" })
        {
            writer.AddDocument(TestIndex.Document(
                new StringField("id", id, Field.Store.YES),
                new SpladeField("splade", Encoder.Encode("fox"), Encoder.Fingerprint)));
        }

        writer.Commit();
        writer.DeleteDocuments(new Term("id", "1"));
        using DirectoryReader reader = DirectoryReader.Open(writer, applyAllDeletes: true);

        Assert.False(new IndexSearcher(reader).Explain(new SpladeQuery("splade", Encoder.Encode("fox")), 0).IsMatch);
    }

    [Fact]
    public void Matches_NoSuchDocument_IsRefused()
    {
        using DirectoryReader reader = Index("A Fox", offsets: true);
        var query = new SpladeQuery("splade", Encoder.Encode("fox"));

        Assert.Throws<ArgumentOutOfRangeException>(() => SpladeExplainer.Matches(reader, 1, query));
        Assert.Throws<ArgumentOutOfRangeException>(() => SpladeExplainer.Matches(reader, -1, query));
    }

    private static DirectoryReader Index(string text, bool offsets) => TestIndex.Of([TestIndex.Document(
        new TextField("body", text, Field.Store.YES),
        new SpladeField("splade", Encoder.Encode(text), Encoder.Fingerprint,
            new ImpactFormat { Offsets = offsets }, text.Length))]);
}
