namespace Lucene.Net.Analysis;

// The two ends of an analysis chain: the tokenizer that takes the text and the stream that gives the tokens.
public class TokenStreamComponents
{
    protected readonly Tokenizer m_source;
    protected readonly TokenStream m_sink;

    public TokenStreamComponents(Tokenizer source, TokenStream result)
    {
        m_source = source;
        m_sink = result;
    }

    public TokenStreamComponents(Tokenizer source) : this(source, source)
    {
    }

    public virtual TokenStream TokenStream => m_sink;

    public virtual Tokenizer Tokenizer => m_source;

    protected internal virtual void SetReader(TextReader reader) => m_source.SetReader(reader);
}
