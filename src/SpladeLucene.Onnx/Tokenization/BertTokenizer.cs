using System.Text;
using Microsoft.ML.Tokenizers;

namespace SpladeLucene.Onnx.Tokenization;

/// <summary>
/// Text to token ids exactly as Hugging Face's BERT tokenizers do it, each with its place in the original text.
/// Thread-safe.
/// </summary>
internal sealed class BertTokenizer
{
    private readonly BertNormalizer _normalizer;
    private readonly WordPieceTokenizer _wordPiece;
    private readonly AddedTokenMatcher _rawTokens;
    private readonly AddedTokenMatcher _normalizedTokens;
    private readonly int _longestWord;
    private readonly int _unknown;
    private readonly int _first;
    private readonly int _last;

    public BertTokenizer(TokenizerSettings settings)
    {
        _normalizer = new BertNormalizer(
            settings.CleanText, settings.SpaceIdeographs, settings.StripAccents, settings.Lowercase);
        using Stream lines = settings.Vocabulary.ToLines();
        _wordPiece = WordPieceTokenizer.Create(lines, new WordPieceOptions
        {
            Normalizer = _normalizer,
            PreTokenizer = BertPreTokenizer.Instance,
            UnknownToken = settings.UnknownToken,
            ContinuingSubwordPrefix = settings.ContinuingPrefix,
            // It counts UTF-16 units, the reference counts characters: too long words are told apart here.
            MaxInputCharsPerWord = 2 * settings.LongestWord,
        });
        IEnumerable<AddedToken> added = settings.AddedTokens.Where(token => token.Content.Length > 0);
        _rawTokens = new AddedTokenMatcher(
            added.Where(token => !token.Normalized).Select(token => (token.Content, token)));
        _normalizedTokens = new AddedTokenMatcher(
            added.Where(token => token.Normalized).Select(token => (_normalizer.Normalize(token.Content), token))
                .Where(token => token.Item1.Length > 0));
        _longestWord = settings.LongestWord;
        _unknown = settings.Vocabulary.IdOf(settings.UnknownToken);
        _first = settings.Vocabulary.IdOf(settings.FirstToken);
        _last = settings.Vocabulary.IdOf(settings.LastToken);
    }


    /// <summary>The tokens of <paramref name="text"/> between the two that the model puts around it.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="limit">How many tokens at most, those two included; at least 2.</param>
    public TokenSequence Encode(string text, int limit)
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

    // Between two raw added tokens: normalize, find the added tokens that are looked for in normalized text.
    private void AddStretch(string text, int from, int to, AlignedText scratch, int limit, TokenSequence tokens)
    {
        if (to <= from) return;
        scratch.Clear();
        _normalizer.Normalize(text.AsSpan(from, to - from), from, scratch);
        ReadOnlySpan<char> normalized = scratch.Chars;
        int end = 0, search = 0;
        while ((end < normalized.Length || search < normalized.Length) && tokens.Count < limit)
        {
            int start = end;
            AddedToken? added = _normalizedTokens.Next(normalized, start, ref search, out int at, out end);
            AddWords(text, scratch, start, at, limit, tokens);
            if (added is not null && tokens.Count < limit) tokens.Add(added.Id, SpanOf(text, scratch, at, end));
        }
    }

    private void AddWords(string text, AlignedText scratch, int from, int to, int limit, TokenSequence tokens)
    {
        ReadOnlySpan<char> stretch = scratch.Chars[..to];
        int end = from;
        while (tokens.Count < limit && BertPreTokenizer.TryNext(stretch, end, out int start, out end))
        {
            ReadOnlySpan<char> word = stretch[start..end];
            if (IsTooLong(word))
            {
                tokens.Add(_unknown, SpanOf(text, scratch, start, end));
                continue;
            }

            foreach (EncodedToken piece in _wordPiece.EncodeToTokens(word, out _, false, false))
            {
                if (tokens.Count == limit) break;
                (int offset, int length) = piece.Offset.GetOffsetAndLength(word.Length);
                tokens.Add(piece.Id, SpanOf(text, scratch, start + offset, start + offset + length));
            }
        }
    }

    private bool IsTooLong(ReadOnlySpan<char> word)
    {
        if (word.Length <= _longestWord) return false;
        int characters = 0;
        foreach (Rune _ in word.EnumerateRunes())
        {
            if (++characters > _longestWord) return true;
        }

        return false;
    }

    // From the beginning of the first unit's source character to the end of the last unit's.
    private static SourceSpan SpanOf(string text, AlignedText scratch, int start, int end)
    {
        int last = scratch.SourceOf(end - 1);
        bool pair = last + 1 < text.Length && char.IsSurrogatePair(text[last], text[last + 1]);
        return new SourceSpan(scratch.SourceOf(start), last + (pair ? 2 : 1));
    }
}
