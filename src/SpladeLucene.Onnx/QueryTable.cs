using SpladeLucene.Onnx.Heads;
using SpladeLucene.Onnx.Tokenization;

namespace SpladeLucene.Onnx;

/// <summary>What each token of a query weighs, whatever stands beside it. Thread-safe.</summary>
internal sealed class QueryTable
{
    private readonly TextTokenizer _tokenizer;
    private readonly Vocabulary _vocabulary;
    private readonly float[] _weights;
    private readonly int _limit;
    private readonly WordPairs? _pairs;
    private readonly RepeatedWords? _repeated;

    /// <param name="settings">How texts are cut.</param>
    /// <param name="weights">By id; those of special tokens don't count.</param>
    /// <param name="limit">How many tokens count, the two around a text included.</param>
    /// <param name="pairs">What words in pieces match by, where they don't match by their pieces.</param>
    /// <param name="saturation">How much it counts that a query says a word several times.</param>
    public QueryTable(TokenizerSettings settings, float[] weights, int limit, WordPairs? pairs, float saturation)
    {
        (_pairs, _repeated) = (pairs, RepeatedWords.Of(saturation, settings.Vocabulary));
        (_tokenizer, _vocabulary, _limit) = (settings.NewTokenizer(), settings.Vocabulary, limit);
        _weights = [.. weights];
        foreach (int special in SpecialTokens.Of(settings)) _weights[special] = 0;
    }

    /// <summary>The distinct tokens that weigh something, each with the span where it stands first.</summary>
    public SparseVector Encode(string text)
    {
        TokenSequence tokens = _tokenizer.EncodeQuery(text, _limit);
        var terms = new Dictionary<int, SparseTerm>();
        for (int i = 0; i < tokens.Count; i++)
        {
            int id = tokens.Ids[i];
            if (_weights[id] > 0) terms.TryAdd(id, new SparseTerm(_vocabulary[id]!, _weights[id], tokens.SpanAt(i)));
        }

        SparseVector vector = SparseVector.Create(terms.Values);
        if (_pairs is not null) vector = _pairs.Apply(vector, tokens);
        return _repeated?.Apply(vector, tokens) ?? vector;
    }
}
