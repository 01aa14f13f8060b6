using System.Text;
using Microsoft.ML.Tokenizers;

namespace SpladeLucene.Onnx.Tokenization;

/// <summary>WordPiece exactly as Hugging Face's BERT tokenizers do it. Thread-safe.</summary>
internal sealed class BertTokenizer : TextTokenizer
{
    private readonly BertNormalizer _normalizer;
    private readonly Vocabulary _vocabulary;
    private readonly WordPieceTokenizer _wordPiece;
    private readonly int _longestWord;
    private readonly int _unknown;

    public BertTokenizer(BertSettings settings)
        : base(settings)
    {
        _normalizer = new BertNormalizer(
            settings.CleanText, settings.SpaceIdeographs, settings.StripAccents, settings.Lowercase);
        _vocabulary = settings.Vocabulary;
        using Stream lines = settings.Vocabulary.ToLines();
        _wordPiece = WordPieceTokenizer.Create(lines, new WordPieceOptions
        {
            Normalizer = _normalizer,
            PreTokenizer = BertPreTokenizer.Instance,
            UnknownToken = settings.UnknownToken!,
            ContinuingSubwordPrefix = settings.ContinuingPrefix,
            // It counts UTF-16 units, the reference counts characters: too long words are told apart here.
            MaxInputCharsPerWord = 2 * settings.LongestWord,
        });
        _longestWord = settings.LongestWord;
        _unknown = _vocabulary.IdOf(settings.UnknownToken!);
    }

    protected override void Normalize(ReadOnlySpan<char> text, int offset, AlignedText target) =>
        _normalizer.Normalize(text, offset, target);

    protected override void AddWords(
        AlignedText text, int from, int to, bool opens, int limit, TokenSequence tokens)
    {
        ReadOnlySpan<char> stretch = text.Chars[..to];
        int end = from;
        while (tokens.Count < limit && BertPreTokenizer.TryNext(stretch, end, out int start, out end))
        {
            ReadOnlySpan<char> word = stretch[start..end];
            if (IsTooLong(word))
            {
                tokens.Add(_unknown, text.SourceOf(start, end));
                continue;
            }

            // The longest piece is the word itself, where the vocabulary has it.
            if (_vocabulary.TryGetId(word.ToString(), out int id))
            {
                tokens.Add(id, text.SourceOf(start, end));
                continue;
            }

            foreach (EncodedToken piece in _wordPiece.EncodeToTokens(word, out _, false, false))
            {
                if (tokens.Count == limit) break;
                (int offset, int length) = piece.Offset.GetOffsetAndLength(word.Length);
                tokens.Add(piece.Id, text.SourceOf(start + offset, start + offset + length));
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
}
