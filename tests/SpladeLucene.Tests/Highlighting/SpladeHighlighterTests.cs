using System.Net;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Search.Highlight;
using SpladeLucene.Explaining;
using SpladeLucene.Highlighting;

namespace SpladeLucene.Tests;

public sealed class SpladeHighlighterTests
{
    private static readonly WordEncoder Encoder = new();

    private static readonly SpladeFieldDefinition Splade =
        new("splade", Encoder) { Sources = ["title", "body"], Offsets = true };

    [Fact]
    public void Highlight_ExpansionInOneFieldAndWordInAnother_MarksEachInItsOwn()
    {
        using DirectoryReader reader = Index("A canine", "agile & quick, as a fox is");

        SpladeHighlight found = new SpladeHighlighter(new SpladeHighlighterOptions { LeastShare = 0 })
            .Highlight(reader, 0, Splade.CreateQuery(reader, "dog fox"));

        Assert.Equal(HighlightStatus.Found, found.Status);
        Assert.Equal(["body: agile & quick, as a <b>fox</b> is", "title: A <b>canine</b>"],
            found.Fragments.Select(fragment => $"{fragment.Field}: {fragment.Marked()}").Order(StringComparer.Ordinal));
        Assert.Contains("agile &amp; quick, as a [fox] is",
            found.Fragments.Select(fragment => fragment.Marked("[", "]", WebUtility.HtmlEncode)));
    }

    [Fact]
    public void Highlight_Document_ReadsItOnce()
    {
        using DirectoryReader reader = Index("A canine", "quick as a fox is");
        var counting = new CountingReader(reader.Leaves[0].AtomicReader);

        SpladeHighlight found = new SpladeHighlighter().Highlight(counting, 0, Splade.CreateQuery(reader, "dog fox"));

        Assert.Equal((HighlightStatus.Found, 1), (found.Status, counting.Read));
    }

    [Theory]
    [InlineData("Rene\u0301e laughs", 0, 3, 3, 6, "<b>Rene\u0301e</b> laughs")]
    [InlineData("so\u00ADft cats", 0, 2, 3, 5, "<b>so\u00ADft</b> cats")]
    [InlineData("o'reilly", 1, 4, 4, 8, "o<b>'reilly</b>")]
    [InlineData("a 𝒳𝒴 b", 2, 4, 4, 6, "a <b>𝒳𝒴</b> b")]
    [InlineData("我的狗", 0, 1, 1, 2, "<b>我的</b>狗")]
    [InlineData("我iPhone", 0, 1, 1, 7, "<b>我</b><b>iPhone</b>")]
    [InlineData("我,的", 0, 1, 2, 3, "<b>我</b>,<b>的</b>")]
    public void Highlight_TokensOfOneWord_MarkItOnceAndWhole(string text, int start, int end, int next, int nextEnd, string marked)
    {
        using DirectoryReader reader = Spanned(text,
            new SparseTerm("one", 1, new SourceSpan(start, end)), new SparseTerm("two", 1, new SourceSpan(next, nextEnd)));
        var query = new SpladeQuery("splade", SparseVector.FromWeights([new("one", 1), new("two", 1)])) { SourceFields = ["body"] };

        SpladeHighlight found = new SpladeHighlighter().Highlight(reader, 0, query);

        Assert.Equal(marked, Assert.Single(found.Fragments).Marked());
    }

    [Theory]
    [InlineData(0, 110, 125)]
    [InlineData(0, 119, 121)]
    [InlineData(50, 60, 300)]
    public void Cut_WordsFarApart_GivesPiecesThatDoNotOverlapAndMarkAll(params int[] starts)
    {
        string text = string.Join(' ', Enumerable.Repeat("word", 100));
        MarkedWord[] words = [.. starts.Select(start => start / 5 * 5).Select(start =>
            new MarkedWord("body", 0, new SourceSpan(start, start + 4), 1))];

        HighlightFragment[] pieces = [.. FragmentCutter.Cut(new SourceText("body", 0, text, 0), words, 120)];

        Assert.Equal(starts.Length, pieces.Sum(piece => piece.Words.Count));
        for (int i = 1; i < pieces.Length; i++)
            Assert.True(pieces[i].Start >= pieces[i - 1].Start + pieces[i - 1].Text.Length);
    }

    [Fact]
    public void Cut_TextWithoutSpaces_HasContextAndTearsNoCharacter()
    {
        string text = string.Concat(Enumerable.Repeat("𠀀の", 80));

        HighlightFragment piece = Assert.Single(FragmentCutter.Cut(
            new SourceText("body", 0, text, 0), [new MarkedWord("body", 0, new SourceSpan(120, 123), 1)], 60));

        Assert.InRange(piece.Text.Length, 50, 70);
        Assert.False(char.IsLowSurrogate(piece.Text[0]) || char.IsHighSurrogate(piece.Text[^1]));
    }

    // As a clause of a script without spaces is, or a hash: the next piece's word begins where this one would have ended.
    [Fact]
    public void Cut_WordLongerThanASnippetsWords_BeginsTheNextPiece()
    {
        string text = "fox " + string.Concat(Enumerable.Repeat("aa ", 42)) + new string('文', 70) + string.Concat(Enumerable.Repeat(" aa", 60));

        HighlightFragment[] pieces = [.. FragmentCutter.Cut(new SourceText("body", 0, text, 0),
            [new MarkedWord("body", 0, new SourceSpan(0, 3), 1), new MarkedWord("body", 0, new SourceSpan(130, 200), 1)], 140)];

        Assert.Equal(2, pieces.Length);
        Assert.True(pieces[0].Start + pieces[0].Text.Length <= pieces[1].Start);
        Assert.Contains($"<b>{new string('文', 70)}</b>", pieces[1].Marked(), StringComparison.Ordinal);
    }

    [Fact]
    public void Highlight_WeakWords_AreNotMarked()
    {
        using DirectoryReader reader = Index("canine", "fox");
        var query = new SpladeQuery("splade", SparseVector.FromWeights([new("dog", 1), new("fox", 1)]))
        {
            SourceFields = ["title", "body"],
        };

        Assert.Equal(["fox"], Texts(0.6));
        Assert.Equal(["canine", "fox"], Texts(0.1));

        IEnumerable<string> Texts(double share) => new SpladeHighlighter(new SpladeHighlighterOptions { LeastShare = share })
            .Highlight(reader, 0, query).Fragments.Select(fragment => fragment.Text).Order(StringComparer.Ordinal);
    }

    [Fact]
    public void Highlight_BestOfAWordOfTheQuery_IsMarkedThoughWeak()
    {
        using DirectoryReader reader = Index("canine", "fox");
        SpladeQuery query = new("splade", SparseVector.Create(
            [new SparseTerm("dog", 0.8f, new SourceSpan(0, 3)), new SparseTerm("fox", 1, new SourceSpan(4, 7))]))
        {
            Text = "pup fox",
            SourceFields = ["title", "body"],
        };

        Assert.Equal(["canine", "fox"], Texts(0.4));
        Assert.Equal(["fox"], Texts(0.9));

        IEnumerable<string> Texts(double share) => new SpladeHighlighter(new SpladeHighlighterOptions { LeastShare = share })
            .Highlight(reader, 0, query).Fragments.Select(fragment => fragment.Text).Order(StringComparer.Ordinal);
    }

    [Fact]
    public void Highlight_LongText_IsCutBetweenWordsAroundTheMarked()
    {
        string text = string.Concat(Enumerable.Repeat("filler ", 50)) + "fox" + string.Concat(Enumerable.Repeat(" rest", 50));
        using DirectoryReader reader = Index("title", text);

        HighlightFragment fragment = Assert.Single(new SpladeHighlighter(new SpladeHighlighterOptions { FragmentLength = 40 })
            .Highlight(reader, 0, Splade.CreateQuery(reader, "fox")).Fragments);

        Assert.InRange(fragment.Text.Length, 20, 40);
        Assert.All(fragment.Text.Split(' '), word => Assert.Contains(word, new[] { "filler", "fox", "rest" }));
        Assert.Equal(text.Substring(fragment.Start, fragment.Text.Length), fragment.Text);
        Assert.Contains("<b>fox</b>", fragment.Marked(), StringComparison.Ordinal);
    }

    [Fact]
    public void Highlight_ClauseWithoutSpaces_MarksEachTermInAFragmentOfItsLength()
    {
        string text = string.Concat(Enumerable.Repeat("模型学习", 75));
        using DirectoryReader reader = Spanned(text, new SparseTerm("one", 1, new SourceSpan(6, 8)), new SparseTerm("two", 1, new SourceSpan(12, 14)));
        var query = new SpladeQuery("splade", SparseVector.FromWeights([new("one", 1), new("two", 1)])) { SourceFields = ["body"] };

        HighlightFragment fragment = Assert.Single(new SpladeHighlighter().Highlight(reader, 0, query).Fragments);

        Assert.Equal([new SourceSpan(6, 8), new SourceSpan(12, 14)], fragment.Words);
        Assert.Equal(120, fragment.Text.Length);
    }

    [Fact]
    public void Highlight_EncoderWithoutSpans_IsNotTheTextsFault()
    {
        using DirectoryReader reader = Spanned("a fox", new SparseTerm("fox", 1));
        var query = new SpladeQuery("splade", SparseVector.FromWeights([new("fox", 1)])) { SourceFields = ["body"] };

        Assert.Equal(HighlightStatus.NoSpans, new SpladeHighlighter().Highlight(reader, 0, query).Status);
    }

    [Fact]
    public void Highlight_NothingToShow_SaysWhy()
    {
        using DirectoryReader spans = Index("A canine", "sleeps");
        using DirectoryReader none = TestIndex.Of([TestIndex.Document(new StoredField("body", "fox"),
            new SpladeField("splade", Encoder.Encode("fox"), Encoder.Fingerprint))]);
        var highlighter = new SpladeHighlighter();

        Assert.Equal(HighlightStatus.NoMatch, highlighter.Highlight(spans, 0, Splade.CreateQuery(spans, "fox")).Status);
        Assert.Equal(HighlightStatus.NoSpans, highlighter.Highlight(none, 0, Splade.CreateQuery(none, "fox")).Status);
        Assert.Equal(HighlightStatus.NoText, highlighter.Highlight(
            spans, 0, SpladeQuery.Create(spans, "splade", "dog", Encoder)).Status);
    }

    [Fact]
    public void Options_OutOfRange_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new SpladeHighlighterOptions { LeastShare = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SpladeHighlighterOptions { FragmentLength = 19 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SpladeHighlighterOptions { MaxFragments = 0 });
    }

    [Fact]
    public void StockHighlighter_WordsOfAQuery_MarksExpansionsToo()
    {
        using DirectoryReader reader = Index("title", "the sleeping canine");
        SpladeQuery query = Splade.CreateQuery(reader, "dog");
        string? Best(QueryScorer scorer) =>
            new Highlighter(scorer).GetBestFragment(TestIndex.Whitespace, "body", "the sleeping canine");

        Assert.Equal("the sleeping <B>canine</B>", Best(new QueryScorer(SpladeWords.Of(query, "body", TestIndex.Whitespace, 0))));
        Assert.True(string.IsNullOrEmpty(Best(new QueryScorer(query))));
        var both = new BooleanQuery { { new TermQuery(new Term("body", "canine")), Occur.SHOULD }, { Splade.CreateQuery("dog"), Occur.SHOULD } };
        Assert.Equal("the sleeping <B>canine</B>", Best(new QueryScorer(both, "body")));
        Assert.Empty(SpladeWords.Of(new SpladeQuery("splade", SparseVector.Empty), "body", TestIndex.Whitespace).Clauses);
        Assert.Throws<ArgumentOutOfRangeException>(() => SpladeWords.Of(query, "body", TestIndex.Whitespace, double.NaN));
    }

    private static DirectoryReader Spanned(string text, params SparseTerm[] terms) => TestIndex.Of([TestIndex.Document(
        new TextField("body", text, Field.Store.YES),
        new SpladeField("splade", SparseVector.Create(terms), Encoder.Fingerprint, new ImpactFormat { Offsets = true }, text.Length))]);

    private static DirectoryReader Index(string title, string body) => TestIndex.Of(
        [Splade.AddTo(TestIndex.Document(
            new TextField("title", title, Field.Store.YES), new TextField("body", body, Field.Store.YES)))],
        Splade.CreateAnalyzer(TestIndex.Whitespace));

    private sealed class CountingReader(AtomicReader inner) : FilterAtomicReader(inner)
    {
        public int Read { get; private set; }

        public override void Document(int docID, StoredFieldVisitor visitor)
        {
            Read++;
            base.Document(docID, visitor);
        }
    }
}
