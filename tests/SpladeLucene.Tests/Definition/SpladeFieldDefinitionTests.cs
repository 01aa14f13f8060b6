using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Store;

namespace SpladeLucene.Tests;

public sealed class SpladeFieldDefinitionTests
{
    private static readonly WordEncoder Encoder = new();

    private static readonly SpladeFieldDefinition Splade =
        new("splade", Encoder) { Sources = ["title", "body"], Offsets = true };

    [Fact]
    public void Matches_TwoSources_EachWordIsOfItsOwnField() => Assert.All(Both(["A fox"], ["My canine", "barks loud"]), reader =>
    {
        using (reader)
        {
            IReadOnlyList<TermMatch> matches = SpladeExplainer.Matches(
                reader, 0, Splade.CreateQuery(reader, "fox dog barks"));

            Assert.Equal(
                [("barks", "body", 1, 0), ("canine", "body", 0, 3), ("canine", "body", 0, 3), ("fox", "title", 0, 2)],
                matches.Select(match => match.DocumentSource!).OrderBy(source => source.Word, StringComparer.Ordinal)
                    .Select(source => (source.Word, source.Field!, source.Value, source.Span.Start)));
        }
    });

    [Fact]
    public void Matches_OneOfTwoSourcesNamed_NamesNoWordRatherThanAWrongOne()
    {
        // The span of "kidney" in title and body together falls on "utility in" of the body alone.
        using DirectoryReader reader = Both(["Animals"], ["a kidney has its utility in any body"])[0];
        var half = new SpladeQueryOptions { SourceFields = ["body"] };

        TermMatch match = Assert.Single(SpladeExplainer.Matches(
            reader, 0, SpladeQuery.Create(reader, "splade", "utility", Encoder, half)));

        Assert.Null(match.DocumentSource);
        Assert.Equal("utility", Assert.Single(SpladeExplainer.Matches(
            reader, 0, Splade.CreateQuery(reader, "utility"))).DocumentSource?.Word);
    }

    [Fact]
    public void CreateQuery_WithAndWithoutAReader_IsTheSame()
    {
        using DirectoryReader reader = Both(["A fox"], ["My canine"])[0];
        SpladeQuery late = Assert.IsType<SpladeQuery>(Splade.CreateQuery("dog").Rewrite(reader));

        Assert.Equal(Splade.CreateQuery(reader, "dog"), late);
        Assert.Equal(["title", "body"], late.SourceFields);
    }

    [Fact]
    public async Task CreateQueryAsync_Text_IsTheSameToo()
    {
        using DirectoryReader reader = Both(["A fox"], ["My canine"])[0];

        Assert.Equal(Splade.CreateQuery(reader, "dog"), await Splade.CreateQueryAsync(reader, "dog"));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Splade.CreateQueryAsync(reader, "dog", null, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void CreateMoreLikeThis_Document_IsAQueryOfThisField()
    {
        using DirectoryReader reader = Both(["A fox"], ["My canine"])[0];
        using var sure = new WordEncoder { FloorShare = 0.4f, FusionWeight = 0.2f };
        var definition = new SpladeFieldDefinition("splade", sure) { Sources = ["title", "body"], Offsets = true };

        SpladeQuery query = definition.CreateMoreLikeThis(reader, 0);

        Assert.Equal(["title", "body"], query.SourceFields);
        Assert.Equal(ScoreFloor.OfModel(0.4f), query.Floor);
        Assert.Equal(0.2, new HybridSearcher(reader).Search(new HybridQuery(null, query), 1).Hits[0].Parts[0].Weight!.Value, 5);
        Assert.Equal("body", SpladeExplainer.Matches(reader, 0, query).First(match => match.Term == "canine").DocumentSource?.Field);
        Assert.Equal(ScoreFloor.None, definition.CreateMoreLikeThis(reader, 0, 2, new SpladeQueryOptions { Floor = ScoreFloor.None }).Floor);
    }

    [Fact]
    public void AddTo_DocumentFilledAnewForEachRecord_HasTheLastOnesTextAlone()
    {
        var title = new TextField("title", "A fox", Field.Store.YES);
        Document document = Splade.AddTo(TestIndex.Document(title));
        title.SetStringValue("My canine");

        Assert.Equal(["My canine"], Splade.AddTo(document).GetValues("splade"));
        document.RemoveField("title");
        Assert.Empty(Splade.AddTo(document).Fields);
    }

    [Fact]
    public void Offsets_BeforeOrAfterTheFormat_AreTheSame()
    {
        var format = new ImpactFormat { Quantizer = new ImpactQuantizer(3) };

        Assert.Equal(format with { Offsets = true }, new SpladeFieldDefinition("splade", Encoder) { Sources = ["body"], Offsets = true, Format = format }.Format);
        Assert.Equal(format with { Offsets = true }, new SpladeFieldDefinition("splade", Encoder) { Sources = ["body"], Format = format, Offsets = true }.Format);
        Assert.False(new SpladeFieldDefinition("splade", Encoder) { Sources = ["body"], Offsets = false, Format = format with { Offsets = true } }.Offsets);
        Assert.True(new SpladeFieldDefinition("splade", Encoder) { Sources = ["body"], Format = format with { Offsets = true } }.Offsets);
    }

    [Fact]
    public void TextOf_IndexedInOneFieldAndStoredInAnother_CountsOnce() => Assert.Equal("fox\nfox", Splade.TextOf(TestIndex.Document(
        new TextField("title", "fox", Field.Store.NO), new StoredField("title", "fox"), new TextField("body", "fox", Field.Store.YES))));

    [Fact]
    public void TextOf_TextInAReader_IsRefusedByTheFieldsName() => Assert.Contains("'body' has its text in a reader", Assert.Throws<ArgumentException>(
        () => Splade.AddTo(TestIndex.Document(new TextField("body", new StringReader("fox"))))).Message, StringComparison.Ordinal);

    [Fact]
    public void TextOf_NumbersAndMissingFields_AreNoText()
    {
        Assert.Null(Splade.TextOf(TestIndex.Document(new Int32Field("title", 3, Field.Store.YES))));
        Assert.Equal("only", Splade.TextOf(TestIndex.Document(new StoredField("body", "only"))));
        Assert.Empty(Splade.AddTo(new Document()).Fields);
    }

    [Fact]
    public void AddTo_SourceNotStored_IsRefusedWhereWordsAreWanted()
    {
        Document document = TestIndex.Document(new TextField("title", "A fox", Field.Store.NO));

        Assert.Contains("'title'", Assert.Throws<ArgumentException>(() => Splade.AddTo(document)).Message, StringComparison.Ordinal);
        Assert.Equal("A fox", new SpladeFieldDefinition("splade", Encoder) { Sources = ["title"] }.TextOf(document));
    }

    [Fact]
    public void Sources_ThatMakeNoSense_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => new SpladeFieldDefinition("splade", Encoder) { Sources = [] });
        Assert.Throws<ArgumentException>(() => new SpladeFieldDefinition("splade", Encoder) { Sources = ["a", "a"] });
        Assert.Throws<ArgumentException>(() => new SpladeFieldDefinition("splade", Encoder) { Sources = ["splade"] });
        Assert.Throws<ArgumentException>(() => new SpladeFieldDefinition(" ", Encoder) { Sources = ["a"] });
    }

    [Fact]
    public void Offsets_WithAFormat_ChangeOnlyThemselves()
    {
        var definition = new SpladeFieldDefinition("splade", Encoder)
        {
            Sources = ["a"], Format = new ImpactFormat { Quantizer = new ImpactQuantizer(8) }, Offsets = true,
        };

        Assert.Equal(new ImpactFormat { Quantizer = new ImpactQuantizer(8), Offsets = true }, definition.Format);
    }

    /// <summary>The same document by the analyzer and by the indexer.</summary>
    private static DirectoryReader[] Both(string[] titles, string[] bodies)
    {
        DirectoryReader analyzed = TestIndex.Of([Splade.AddTo(Sources())], Splade.CreateAnalyzer(TestIndex.Whitespace));
        var directory = new RAMDirectory();
        using (var writer = new IndexWriter(directory, TestIndex.Config()))
            Splade.CreateIndexer(writer).AddAsync([Splade.ToIndex(Sources())]).GetAwaiter().GetResult();
        return [analyzed, DirectoryReader.Open(directory)];

        Document Sources() => TestIndex.Document(
            [.. titles.Select(text => new TextField("title", text, Field.Store.YES)),
                .. bodies.Select(text => new TextField("body", text, Field.Store.YES))]);
    }
}
