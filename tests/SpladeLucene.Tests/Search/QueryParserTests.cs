using Lucene.Net.Analysis;
using Lucene.Net.Analysis.Miscellaneous;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.QueryParsers.Classic;
using Lucene.Net.Search;
using Lucene.Net.Util;

namespace SpladeLucene.Tests;

/// <summary>SPLADE in what people type: how a parser of Lucene's makes a <see cref="SpladeTextQuery"/> for a field.</summary>
public sealed class QueryParserTests : IDisposable
{
    private static readonly WordEncoder Encoder = new();

    private readonly Analyzer _analyzer = new PerFieldAnalyzerWrapper(TestIndex.Whitespace,
        new Dictionary<string, Analyzer> { ["splade"] = new SpladeAnalyzer(LuceneVersion.LUCENE_48, Encoder) });

    private readonly DirectoryReader _reader;

    public QueryParserTests() => _reader = TestIndex.Of(
        new[] { "dog food", "canine teeth", "red fox" }.Select(text => TestIndex.Document(
            new TextField("body", text, Field.Store.NO), new TextField("splade", text, Field.Store.NO))), _analyzer);

    [Theory]
    [InlineData("splade:dog", 0, 1)]
    [InlineData("splade:\"dog\"^2 OR body:fox", 0, 1, 2)]
    [InlineData("+splade:dog -body:food", 1)]
    [InlineData("teeth", 1)]
    public void Parse_SpladeFieldNamed_FindsByMeaningThere(string typed, params int[] expected) =>
        Assert.Equal(expected, Found(new SpladeQueryParser(_analyzer).Parse(typed)));

    [Fact]
    public void Parse_SeveralFields_FindsByWordsAndMeaning() =>
        Assert.Equal([0, 1], Found(new SpladeFieldsQueryParser(_analyzer).Parse("dog")));

    [Theory]
    [InlineData("splade:dog")]
    [InlineData("splade:\"dog food\"")]
    public void Parse_AnalyzerAlone_IsRefusedWithTheWayOut(string typed)
    {
        var parser = new QueryParser(LuceneVersion.LUCENE_48, "body", _analyzer);

        string message = Assert.Throws<InvalidOperationException>(() => parser.Parse(typed)).Message;

        Assert.Contains(nameof(SpladeTextQuery), message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _reader.Dispose();
        _analyzer.Dispose();
    }

    private int[] Found(Query query) =>
        [.. new SpladeSearcher(_reader).Search(query, 10).ScoreDocs.Select(hit => hit.Doc).Order()];

    private sealed class SpladeQueryParser(Analyzer analyzer) : QueryParser(LuceneVersion.LUCENE_48, "body", analyzer)
    {
        protected override Query? GetFieldQuery(string field, string queryText, bool quoted) => field == "splade"
            ? new SpladeTextQuery(field, queryText, Encoder)
            : base.GetFieldQuery(field, queryText, quoted);
    }

    private sealed class SpladeFieldsQueryParser(Analyzer analyzer)
        : MultiFieldQueryParser(LuceneVersion.LUCENE_48, ["body", "title"], analyzer)
    {
        // Without a field the parser asks all of its own, whose analyzers make words.
        protected override Query? GetFieldQuery(string? field, string queryText, bool quoted)
        {
            if (field is not (null or "splade")) return base.GetFieldQuery(field, queryText, quoted);
            var meaning = new SpladeTextQuery("splade", queryText, Encoder);
            return field is null && base.GetFieldQuery(field, queryText, quoted) is { } words
                ? new BooleanQuery(disableCoord: true) { { words, Occur.SHOULD }, { meaning, Occur.SHOULD } }
                : meaning;
        }
    }
}
