namespace Microsoft.ML.Tokenizers;

public partial class WordPieceTokenizer : Tokenizer
{
    private readonly WordPieceVocabulary _vocabulary;
    private readonly Normalizer? _normalizer;
    private readonly PreTokenizer _preTokenizer;
    private readonly string _prefix;
    private readonly int _longestWord;
    private readonly int _unknown;

    private WordPieceTokenizer(WordPieceVocabulary vocabulary, WordPieceOptions options)
    {
        ArgumentNullException.ThrowIfNull(options.UnknownToken);
        ArgumentNullException.ThrowIfNull(options.ContinuingSubwordPrefix);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.MaxInputCharsPerWord);
        if (!vocabulary.TryGetId(options.UnknownToken, out _unknown))
            throw new ArgumentException($"The unknown token '{options.UnknownToken}' is not in the vocabulary.");
        _vocabulary = vocabulary;
        _normalizer = options.Normalizer;
        _preTokenizer = options.PreTokenizer ?? new WhiteSpacePreTokenizer();
        _prefix = options.ContinuingSubwordPrefix;
        _longestWord = options.MaxInputCharsPerWord;
    }

    /// <summary>One entry a line; the id is the number of the line, and an empty line has an id but no entry.</summary>
    public static WordPieceTokenizer Create(Stream vocabStream, WordPieceOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(vocabStream);
        return new WordPieceTokenizer(WordPieceVocabulary.Read(vocabStream), options ?? new WordPieceOptions());
    }

    private protected override EncodeResults<EncodedToken> EncodeToTokens(
        string? text, ReadOnlySpan<char> textSpan, EncodeSettings settings)
    {
        if (string.IsNullOrEmpty(text) && textSpan.IsEmpty) return new EncodeResults<EncodedToken> { Tokens = [] };
        string? normalized = !settings.ConsiderNormalization ? null
            : text is null ? _normalizer?.Normalize(textSpan.ToString()) : _normalizer?.Normalize(text);
        ReadOnlySpan<char> source = normalized ?? (text ?? textSpan);

        var tokens = new List<EncodedToken>();
        if (!settings.ConsiderPreTokenization)
        {
            AddWord(source, 0, tokens);
        }
        else
        {
            string? whole = normalized ?? text;
            IEnumerable<(int Offset, int Length)> words =
                whole is null ? _preTokenizer.PreTokenize(source) : _preTokenizer.PreTokenize(whole);
            foreach ((int offset, int length) in words) AddWord(source.Slice(offset, length), offset, tokens);
        }

        return new EncodeResults<EncodedToken> { Tokens = tokens, NormalizedText = normalized };
    }

    // The longest piece first, again and again; a word with a place where no piece fits is unknown as a whole.
    private void AddWord(ReadOnlySpan<char> word, int offset, List<EncodedToken> tokens)
    {
        int before = tokens.Count;
        int start = 0;
        if (word.Length <= _longestWord)
        {
            Span<char> piece = new char[_prefix.Length + word.Length];
            _prefix.CopyTo(piece);
            while (start < word.Length && TryPiece(word, start, piece, out int id, out int length))
            {
                tokens.Add(new EncodedToken(id, new Range(offset + start, offset + start + length)));
                start += length;
            }
        }

        if (start == word.Length) return;
        tokens.RemoveRange(before, tokens.Count - before);
        tokens.Add(new EncodedToken(_unknown, new Range(offset, offset + word.Length)));
    }

    private bool TryPiece(ReadOnlySpan<char> word, int start, Span<char> piece, out int id, out int length)
    {
        ReadOnlySpan<char> rest = word[start..];
        rest.CopyTo(piece[_prefix.Length..]);
        int skip = start == 0 ? _prefix.Length : 0;
        for (length = rest.Length; length > 0; length--)
        {
            if (_vocabulary.TryGetId(piece[skip..(_prefix.Length + length)], out id)) return true;
        }

        id = 0;
        return false;
    }
}
