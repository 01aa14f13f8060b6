using Lucene.Net.Analysis;
using Lucene.Net.Analysis.Core;
using Lucene.Net.Analysis.TokenAttributes;
using Lucene.Net.Util;
using SpladeLucene.Packages.Tests.Support;

namespace SpladeLucene.Packages.Tests.Analysis;

/// <summary>Which chain an analyzer hands out when it is asked again, and how a chain is used.</summary>
public sealed class ChainReuseTests
{
    private int _built;

    [Fact]
    public void GetTokenStream_GlobalStrategy_HasOneChainForAllFields()
    {
        using Analyzer analyzer = Analyzer.NewAnonymous(Build);

        TokenStream first = Use(analyzer, "a");
        Assert.Same(first, Use(analyzer, "b"));
        Assert.Equal(1, _built);
        Assert.Same(Analyzer.GLOBAL_REUSE_STRATEGY, analyzer.Strategy);
    }

    [Fact]
    public void GetTokenStream_PerFieldStrategy_HasAChainForEachField()
    {
        using Analyzer analyzer = Analyzer.NewAnonymous(Build, Analyzer.PER_FIELD_REUSE_STRATEGY);

        TokenStream first = Use(analyzer, "a");
        Assert.NotSame(first, Use(analyzer, "b"));
        Assert.Same(first, Use(analyzer, "a"));
        Assert.Equal(2, _built);
        Assert.Same(Analyzer.PER_FIELD_REUSE_STRATEGY, analyzer.Strategy);
    }

    [Fact]
    public void GetTokenStream_OtherThread_HasAChainOfItsOwn()
    {
        using Analyzer analyzer = Analyzer.NewAnonymous(Build);
        TokenStream here = Use(analyzer, "a"), there = here;
        var other = new Thread(() => there = Use(analyzer, "a"));
        other.Start();
        other.Join();

        Assert.NotSame(here, there);
    }

    [Fact]
    public void GetTokenStream_OwnStrategy_KeepsWhatTheStrategyStores()
    {
        var strategy = new FirstChainOnly();
        using Analyzer analyzer = Analyzer.NewAnonymous(Build, strategy);

        TokenStream first = Use(analyzer, "a");
        Assert.Same(first, Use(analyzer, "b"));
        Assert.Equal(["a", "b"], strategy.AskedFor);
    }

    [Fact]
    public void GetTokenStream_Disposed_Throws()
    {
        Analyzer analyzer = Analyzer.NewAnonymous(Build);
        Use(analyzer, "a");
        analyzer.Dispose();

        Assert.Throws<ObjectDisposedException>(() => analyzer.GetTokenStream("a", new StringReader("x")));
    }

    [Fact]
    public void GetTokenStream_LastOneNotDisposed_Throws()
    {
        using Analyzer analyzer = Analyzer.NewAnonymous(Build);
        TokenStream open = analyzer.GetTokenStream("a", new StringReader("x"));
        open.Reset();

        Assert.ThrowsAny<InvalidOperationException>(() => analyzer.GetTokenStream("a", new StringReader("y")));
    }

    [Fact]
    public void IncrementToken_WithoutReset_Throws()
    {
        using var tokens = new WhitespaceTokenizer(LuceneVersion.LUCENE_48, new StringReader("x"));

        Assert.ThrowsAny<InvalidOperationException>(() => tokens.IncrementToken());
    }

    [Fact]
    public void SetReader_AfterDispose_StartsOver()
    {
        using var tokens = new WhitespaceTokenizer(LuceneVersion.LUCENE_48, new StringReader("one two"));
        Assert.Equal("one[0,3) two[4,7) end 7", Tokens.Of(tokens));
        tokens.SetReader(new StringReader("three"));

        Assert.Equal("three[0,5) end 5", Tokens.Of(tokens));
    }

    [Fact]
    public void SetReader_OwnComponents_SeeEachTextAfterTheFirst()
    {
        WatchedComponents? chain = null;
        using Analyzer analyzer = Analyzer.NewAnonymous((_, reader) =>
            chain = new WatchedComponents(new WhitespaceTokenizer(LuceneVersion.LUCENE_48, reader)));

        Assert.Equal("x[0,1) end 1", Tokens.Of(analyzer, "x"));
        Assert.Equal("y[0,1) end 1", Tokens.Of(analyzer, "y"));
        Assert.Equal(1, chain!.Texts);
        Assert.Same(chain.Tokenizer, chain.Source);
        Assert.Same(chain.TokenStream, chain.Sink);
    }

    [Fact]
    public void InitReader_Overridden_ChangesWhatIsRead()
    {
        using var analyzer = new ShoutingAnalyzer();

        Assert.Equal("LOUD[0,4) end 4", Tokens.Of(analyzer, "loud"));
        Assert.Equal("WORD[0,4) end 4", Tokens.Of(analyzer, "word"));
    }

    private TokenStreamComponents Build(string fieldName, TextReader reader)
    {
        _built++;
        var words = new WhitespaceTokenizer(LuceneVersion.LUCENE_48, reader);
        return new TokenStreamComponents(words, new LowerCaseFilter(LuceneVersion.LUCENE_48, words));
    }

    private static TokenStream Use(Analyzer analyzer, string fieldName)
    {
        TokenStream stream = analyzer.GetTokenStream(fieldName, new StringReader("Text"));
        Assert.Equal("text[0,4) end 4", Tokens.Of(stream));
        return stream;
    }

    private sealed class FirstChainOnly : ReuseStrategy
    {
        public List<string> AskedFor { get; } = [];

        public override TokenStreamComponents GetReusableComponents(Analyzer analyzer, string fieldName)
        {
            AskedFor.Add(fieldName);
            return (TokenStreamComponents)GetStoredValue(analyzer);
        }

        public override void SetReusableComponents(
            Analyzer analyzer, string fieldName, TokenStreamComponents components) =>
            SetStoredValue(analyzer, components);
    }

    private sealed class WatchedComponents(Tokenizer words) : TokenStreamComponents(words, words)
    {
        public int Texts { get; private set; }

        public Tokenizer Source => m_source;

        public TokenStream Sink => m_sink;

        protected override void SetReader(TextReader reader)
        {
            Texts++;
            base.SetReader(reader);
        }
    }

    private sealed class ShoutingAnalyzer : Analyzer
    {
        protected override TokenStreamComponents CreateComponents(string fieldName, TextReader reader) =>
            new(new WhitespaceTokenizer(LuceneVersion.LUCENE_48, reader));

        protected override TextReader InitReader(string fieldName, TextReader reader) =>
            new StringReader(reader.ReadToEnd().ToUpperInvariant());
    }
}
