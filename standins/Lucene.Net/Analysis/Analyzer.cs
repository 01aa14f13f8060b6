namespace Lucene.Net.Analysis;

// Builds analysis chains and keeps them for reuse, one set a thread.
public abstract partial class Analyzer : IDisposable
{
    public static readonly ReuseStrategy GLOBAL_REUSE_STRATEGY = new OneChain();
    public static readonly ReuseStrategy PER_FIELD_REUSE_STRATEGY = new ChainPerField();

    private readonly ReuseStrategy _reuse;

    protected Analyzer() : this(GLOBAL_REUSE_STRATEGY)
    {
    }

    protected Analyzer(ReuseStrategy reuseStrategy)
    {
        _reuse = reuseStrategy;
    }

    public ReuseStrategy Strategy => _reuse;

    // Null once the analyzer is closed.
    internal ThreadLocal<object?>? Stored { get; private set; } = new();

    public static Analyzer NewAnonymous(Func<string, TextReader, TokenStreamComponents> createComponents) =>
        NewAnonymous(createComponents, GLOBAL_REUSE_STRATEGY);

    public static Analyzer NewAnonymous(
        Func<string, TextReader, TokenStreamComponents> createComponents, ReuseStrategy reuseStrategy) =>
        new DelegatedAnalyzer(createComponents, reuseStrategy);

    public TokenStream GetTokenStream(string fieldName, TextReader reader)
    {
        TokenStreamComponents? chain = _reuse.GetReusableComponents(this, fieldName);
        TextReader input = InitReader(fieldName, reader);
        if (chain is null)
        {
            chain = CreateComponents(fieldName, input);
            _reuse.SetReusableComponents(this, fieldName, chain);
        }
        else
        {
            chain.SetReader(input);
        }
        return chain.TokenStream;
    }

    public TokenStream GetTokenStream(string fieldName, string text) =>
        GetTokenStream(fieldName, new StringReader(text));

    // What lies between the positions of two values of one field.
    public virtual int GetPositionIncrementGap(string fieldName) => 0;

    public virtual int GetOffsetGap(string fieldName) => 1;

    public void Dispose() => Dispose(true);

    protected internal abstract TokenStreamComponents CreateComponents(string fieldName, TextReader reader);

    protected internal virtual TextReader InitReader(string fieldName, TextReader reader) => reader;

    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            Stored?.Dispose();
            Stored = null;
        }
    }

    private sealed class DelegatedAnalyzer(
        Func<string, TextReader, TokenStreamComponents> create, ReuseStrategy reuse) : Analyzer(reuse)
    {
        protected internal override TokenStreamComponents CreateComponents(string fieldName, TextReader reader) =>
            create(fieldName, reader);
    }
}
