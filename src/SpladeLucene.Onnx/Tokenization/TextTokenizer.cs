namespace SpladeLucene.Onnx.Tokenization;

/// <summary>
/// Text to token ids as Hugging Face's tokenizers do it, each with its place in the original text. What all families
/// share stands here: added tokens, the tokens around a text, and the limit. Thread-safe.
/// </summary>
internal abstract class TextTokenizer
{
    private const int UnitsPerToken = 32;

    // What stands so far behind a token, in UTF-16 units, doesn't change it: words that long are unknown anyway.
    private const int Margin = 4096;

    private readonly AddedTokenMatcher _rawTokens;
    private readonly Lazy<AddedTokenMatcher> _normalizedTokens;
    private readonly int _first;
    private readonly int _last;

    protected TextTokenizer(TokenizerSettings settings)
    {
        IEnumerable<AddedToken> added = settings.AddedTokens.Where(token => token.Content.Length > 0);
        _rawTokens = new AddedTokenMatcher(
            added.Where(token => !token.Normalized).Select(token => (token.Content, token)));
        // Later, because the family's own constructor has yet to make what normalizes.
        _normalizedTokens = new Lazy<AddedTokenMatcher>(() => new AddedTokenMatcher(
            added.Where(token => token.Normalized).Select(token => (Normalized(token.Content), token))
                .Where(token => token.Item1.Length > 0)));
        VocabularySize = settings.Vocabulary.Size;
        _first = settings.Vocabulary.IdOf(settings.FirstToken);
        _last = settings.Vocabulary.IdOf(settings.LastToken);
    }

    /// <summary>How many entries the vocabulary has.</summary>
    public int VocabularySize { get; }

    /// <summary>The tokens of <paramref name="text"/> between the two that the model puts around it.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="limit">How many tokens at most, those two included; at least 2.</param>
    public TokenSequence Encode(string text, int limit)
    {
        // A long text is read only as far as its first tokens reach, so that a megabyte costs what a page does.
        for (long piece = Margin + ((long)limit * UnitsPerToken); piece < text.Length; piece *= 8)
        {
            TokenSequence tokens = EncodeAll(text[..(int)piece], limit);
            if (tokens.Count == limit && tokens.SpanAt(limit - 2) is { } last && last.End < piece - Margin) return tokens;
        }

        return EncodeAll(text, limit);
    }

    /// <summary>The same of a query, which nobody waits long for: what stands far behind the place where as many tokens end as the
    /// limit lets pass is not looked at, even where fewer stand before it.</summary>
    public TokenSequence EncodeQuery(string text, int limit) => EncodeAll(text[..QueryEnd(text, limit)], limit);

    private static int QueryEnd(string text, int limit)
    {
        long most = Margin + ((long)limit * UnitsPerToken);
        if (text.Length <= most) return text.Length;
        // Behind a whole word, where one ends.
        int end = (int)most, last = end - Margin;
        while (end > last && !char.IsWhiteSpace(text[end])) end--;
        if (end > last) return end;
        return (int)most - (char.IsHighSurrogate(text[(int)most - 1]) ? 1 : 0);
    }

    private TokenSequence EncodeAll(string text, int limit)
    {
        var tokens = new TokenSequence();
        tokens.Add(_first, null);
        var scratch = new AlignedText(Math.Min(text.Length, 4096));
        int end = 0, search = 0;
        while ((end < text.Length || search < text.Length) && tokens.Count < limit - 1)
        {
            int start = end;
            AddedToken? added = _rawTokens.Next(text, start, ref search, out int at, out end);
            AddStretch(text, start, at, scratch, limit - 1, tokens);
            if (added is not null && tokens.Count < limit - 1) tokens.Add(added.Id, new SourceSpan(at, end));
        }

        tokens.Add(_last, null);
        return tokens;
    }

    /// <summary>Appends <paramref name="text"/>, normalized, to <paramref name="target"/>.</summary>
    /// <param name="text">A stretch of the original text. A lone surrogate counts as U+FFFD.</param>
    /// <param name="offset">Where that stretch begins in the original text.</param>
    /// <param name="target">What is written to.</param>
    protected abstract void Normalize(ReadOnlySpan<char> text, int offset, AlignedText target);

    /// <summary>Adds the tokens of a part of normalized text in which no added token stands.</summary>
    /// <param name="text">The normalized text.</param>
    /// <param name="from">Where the part begins.</param>
    /// <param name="to">Where it ends.</param>
    /// <param name="opens">Whether it begins where the original text does.</param>
    /// <param name="limit">How many tokens there may be in all.</param>
    /// <param name="tokens">What is added to.</param>
    protected abstract void AddWords(AlignedText text, int from, int to, bool opens, int limit, TokenSequence tokens);

    // Between two raw added tokens: normalize, find the added tokens that are looked for in normalized text.
    private void AddStretch(string text, int from, int to, AlignedText scratch, int limit, TokenSequence tokens)
    {
        if (to <= from) return;
        scratch.Clear();
        Normalize(text.AsSpan(from, to - from), from, scratch);
        ReadOnlySpan<char> normalized = scratch.Chars;
        int end = 0, search = 0;
        while ((end < normalized.Length || search < normalized.Length) && tokens.Count < limit)
        {
            int start = end;
            AddedToken? added = _normalizedTokens.Value.Next(normalized, start, ref search, out int at, out end);
            if (at > start) AddWords(scratch, start, at, start == 0 && from == 0, limit, tokens);
            if (added is not null && tokens.Count < limit) tokens.Add(added.Id, scratch.SourceOf(at, end));
        }
    }

    private string Normalized(string text)
    {
        var normalized = new AlignedText(text.Length);
        Normalize(text, 0, normalized);
        return new string(normalized.Chars);
    }
}
