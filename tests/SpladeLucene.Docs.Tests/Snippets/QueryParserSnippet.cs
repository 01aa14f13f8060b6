using Lucene.Net.Analysis;
using Lucene.Net.Analysis.Standard;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.QueryParsers.Classic;
using Lucene.Net.Search;
using Lucene.Net.Util;
using SpladeLucene.Models;
using SpladeLucene.Onnx;

namespace SpladeLucene.Docs.Tests.Snippets;

public sealed class MeaningParser(string words, Analyzer analyzer, SpladeFieldDefinition splade)
    : QueryParser(LuceneVersion.LUCENE_48, words, analyzer)
{
    protected override Query? GetFieldQuery(string field, string queryText, bool quoted) =>
        field == splade.Name ? splade.CreateQuery(queryText) : base.GetFieldQuery(field, queryText, quoted);

    protected override Query? GetWildcardQuery(string field, string termStr) =>
        field == splade.Name ? throw new ParseException($"'{field}' is searched by words, not by patterns.") : base.GetWildcardQuery(field, termStr);
}

/// <summary>A query parser of docs/faq.md.</summary>
public sealed class QueryParserSnippet
{
    [Fact]
    public void Parse_FieldOfMeaning_FindsByMeaning()
    {
        using OnnxSparseEncoder encoder = SpladeTinyEn.Load();
        using var analyzer = new StandardAnalyzer(LuceneVersion.LUCENE_48);
        var splade = new SpladeFieldDefinition("meaning", encoder) { Sources = ["body"] };
        using DirectoryReader reader = TestIndex.Of(
            [.. new[] { "The dog is sick.", "The bank costs money." }.Select(text => splade.AddTo(new Document { new TextField("body", text, Field.Store.YES) }))],
            splade.CreateAnalyzer(analyzer));
        Query Parsed(string typed) => new MeaningParser("body", analyzer, splade).Parse(typed);

        Assert.Equal(0, new SpladeSearcher(reader).Search(Parsed("meaning:\"my puppy is ill\" -money"), 10).ScoreDocs.Single().Doc);
        Assert.Contains("not by patterns", Assert.Throws<ParseException>(() => Parsed("meaning:*")).Message, StringComparison.Ordinal);
    }
}
