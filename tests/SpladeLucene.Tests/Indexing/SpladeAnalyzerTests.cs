using Lucene.Net.Analysis;
using Lucene.Net.Analysis.Miscellaneous;
using Lucene.Net.Analysis.TokenAttributes;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Store;
using Lucene.Net.Util;

namespace SpladeLucene.Tests;

public sealed class SpladeAnalyzerTests
{
    private static readonly WordEncoder Encoder = new();

    [Fact]
    public void GetTokenStream_Payloads_EmitsFingerprintThenTermsByStart()
    {
        using var analyzer = new SpladeAnalyzer(LuceneVersion.LUCENE_48, Encoder);

        List<Token> tokens = Consume(analyzer, "agile canine", out int finalOffset);

        Assert.StartsWith(SpladeFingerprint.TermPrefix, tokens[0].Term, StringComparison.Ordinal);
        Assert.Null(tokens[0].Payload);
        Assert.Equal(
            [new("agile", 102, 0, 5, 0), new("agility", 26, 0, 5, 0), new("canine", 102, 6, 12, 0), new("dog", 26, 6, 12, 0)],
            tokens.Skip(1));
        Assert.Equal(1, tokens[0].Increment);
        Assert.Equal("agile canine".Length, finalOffset);
    }

    [Fact]
    public void GetTokenStream_TermFrequencies_RepeatsEachTokenImpactTimes()
    {
        using var analyzer = new SpladeAnalyzer(
            LuceneVersion.LUCENE_48, Encoder, new ImpactFormat { Encoding = WeightEncoding.TermFrequency });

        List<Token> tokens = Consume(analyzer, "canine", out _);

        Assert.Equal(102, tokens.Count(token => token.Term == "canine"));
        Assert.Equal(26, tokens.Count(token => token.Term == "dog"));
        Assert.All(tokens, token => Assert.Null(token.Payload));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \t\n")]
    public void GetTokenStream_NothingToEncode_EmitsOnlyTheFingerprint(string text)
    {
        using var analyzer = new SpladeAnalyzer(LuceneVersion.LUCENE_48, Encoder);

        Token only = Assert.Single(Consume(analyzer, text, out int finalOffset));

        Assert.True(SpladeFingerprint.TryParse(only.Term, out SpladeFingerprint? fingerprint));
        Assert.Equal(Encoder.Fingerprint, fingerprint.Model);
        Assert.Equal(text.Length, finalOffset);
    }

    [Fact]
    public void GetTokenStream_UsedAgain_StartsAnew()
    {
        using var analyzer = new SpladeAnalyzer(LuceneVersion.LUCENE_48, Encoder);

        List<Token> first = Consume(analyzer, "fox", out _);
        Consume(analyzer, "some longer text", out _);

        Assert.Equal(first, Consume(analyzer, "fox", out _));
    }

    [Fact]
    public void AddDocument_TextThatCannotBeEncoded_FailsThatDocumentOnly()
    {
        using var analyzer = new SpladeAnalyzer(LuceneVersion.LUCENE_48, Encoder);
        using var directory = new RAMDirectory();
        using var writer = new IndexWriter(directory, TestIndex.Config(analyzer));

        writer.AddDocument(Text("fox"));
        Assert.Throws<SparseEncodingException>(() => writer.AddDocument(Text(WordEncoder.Unencodable)));
        writer.AddDocument(Text("dog"));
        writer.Commit();

        using DirectoryReader reader = DirectoryReader.Open(directory);
        Assert.Equal(2, reader.NumDocs);
    }

    [Fact]
    public void Constructor_OldVersion_IsRefused() => Assert.Throws<ArgumentException>(
        () => new SpladeAnalyzer((LuceneVersion)0, Encoder));

    [Fact]
    public void TextField_ThroughPerFieldWrapper_IsSearchedBesideOtherFields()
    {
        using var splade = new SpladeAnalyzer(LuceneVersion.LUCENE_48, Encoder);
        using var analyzer = new PerFieldAnalyzerWrapper(
            TestIndex.Whitespace, new Dictionary<string, Analyzer> { ["splade"] = splade });
        using DirectoryReader reader = TestIndex.Of(
            [Text("a sleeping canine"), Text("the quick fox"), Text("")], analyzer);
        var searcher = new IndexSearcher(reader);

        Assert.Equal(0, searcher.Search(new TermQuery(new Term("body", "dog")), 10).TotalHits);
        TopDocs found = searcher.Search(SpladeQuery.Create(reader, "splade", "dog", Encoder), 10);

        Assert.Equal([0], found.ScoreDocs.Select(hit => hit.Doc));
    }

    [Fact]
    public void TextField_TwoValues_KeepOffsetsThatPointIntoBoth()
    {
        using var analyzer = new SpladeAnalyzer(LuceneVersion.LUCENE_48, Encoder);
        var type = new FieldType(TextField.TYPE_STORED)
        {
            IndexOptions = IndexOptions.DOCS_AND_FREQS_AND_POSITIONS_AND_OFFSETS,
        };
        using DirectoryReader reader = TestIndex.Of(
            [TestIndex.Document(new Field("splade", "a fox", type), new Field("splade", "a canine", type))], analyzer);
        SpladeQuery query = SpladeQuery.Create(reader, "splade", "dog", Encoder);

        Explanation explanation = new IndexSearcher(reader).Explain(query, 0);

        Assert.Contains("an expansion of the document's \"canine\"", explanation.ToString(), StringComparison.Ordinal);
    }

    private static Document Text(string text) => TestIndex.Document(
        new TextField("body", text, Field.Store.YES), new TextField("splade", text, Field.Store.NO));

    private static List<Token> Consume(SpladeAnalyzer analyzer, string text, out int finalOffset)
    {
        using TokenStream stream = analyzer.GetTokenStream("splade", text);
        ICharTermAttribute term = stream.AddAttribute<ICharTermAttribute>();
        IOffsetAttribute offset = stream.AddAttribute<IOffsetAttribute>();
        IPayloadAttribute payload = stream.AddAttribute<IPayloadAttribute>();
        IPositionIncrementAttribute position = stream.AddAttribute<IPositionIncrementAttribute>();
        var tokens = new List<Token>();
        stream.Reset();
        while (stream.IncrementToken())
        {
            int? impact = payload.Payload is { } bytes ? bytes.Bytes[bytes.Offset] : null;
            tokens.Add(new Token(
                term.ToString()!, impact, offset.StartOffset, offset.EndOffset, position.PositionIncrement));
        }

        stream.End();
        finalOffset = offset.EndOffset;
        return tokens;
    }

    private sealed record Token(string Term, int? Payload, int Start, int End, int Increment);
}
