using System.Text;
using Microsoft.ML.Tokenizers;

namespace SpladeLucene.Onnx.Tokenization;

/// <summary>Byte-level BPE as RoBERTa and GPT-2 have it.</summary>
internal sealed record ByteLevelSettings(Vocabulary Vocabulary, IReadOnlyList<AddedToken> AddedTokens)
    : TokenizerSettings(Vocabulary, AddedTokens)
{
    /// <summary>The pairs that become one, each with a blank between, the first first.</summary>
    public required IReadOnlyList<string> Merges { get; init; }

    /// <summary>Whether a text that begins without a blank gets one.</summary>
    public bool AddPrefixSpace { get; init; }

    /// <summary>Whether characters are composed first, as in ModernBERT.</summary>
    public bool Compose { get; init; }

    public override TextTokenizer NewTokenizer() => new ByteLevelTokenizer(this);

    public override void WriteTo(BinaryWriter writer)
    {
        writer.Write("byte-level-bpe");
        writer.Write(UnknownToken ?? "");
        writer.Write(FirstToken);
        writer.Write(LastToken);
        writer.Write(AddPrefixSpace);
        writer.Write(Compose);
        writer.Write(ModelFingerprint.Hash(Encoding.UTF8.GetBytes(string.Join('\n', Merges))));
    }
}

/// <summary>
/// Words by the pattern of GPT-2, their UTF-8 bytes merged pair by pair. A token's span is that of the whole characters
/// that it has a part of, without the white space around them. Thread-safe.
/// </summary>
internal sealed class ByteLevelTokenizer : TextTokenizer
{
    /// <summary>What stands for each byte: itself where it can be seen, else a letter from U+0100 on.</summary>
    public static readonly IReadOnlyList<string> Alphabet = MakeAlphabet();

    private readonly BpeTokenizer _pairs;
    private readonly bool _addPrefixSpace;
    private readonly bool _compose;

    public ByteLevelTokenizer(ByteLevelSettings settings)
        : base(settings)
    {
        (_addPrefixSpace, _compose) = (settings.AddPrefixSpace, settings.Compose);
        // Added tokens are no part of it: only bytes, and what merges make of them. A merge of what no other makes never
        // comes to anything, but the library wants to know both of its parts.
        IEnumerable<string> entries = Alphabet
            .Concat(settings.Merges.SelectMany(merge => merge.Split(' ').Append(merge.Replace(" ", "", StringComparison.Ordinal))))
            .Distinct(StringComparer.Ordinal);
        _pairs = BpeTokenizer.Create(new BpeOptions(
            entries.Select(entry => KeyValuePair.Create(entry, settings.Vocabulary.IdOf(entry))))
        {
            Merges = settings.Merges,
            ByteLevel = true,
        });
    }

    protected override void Normalize(ReadOnlySpan<char> text, int offset, AlignedText target)
    {
        if (_compose) Composition.Append(text, offset, target);
        else target.AppendOriginal(text, offset);
    }

    protected override void AddWords(
        AlignedText text, int from, int to, bool opens, int limit, TokenSequence tokens)
    {
        if (_addPrefixSpace && text.Chars[from] != ' ')
        {
            SourceSpan first = text.SourceOf(from);
            var prefixed = new AlignedText(to - from + 1);
            prefixed.Append(' ', first with { End = first.Start });
            prefixed.Append(text, from, to);
            (text, from, to) = (prefixed, 0, prefixed.Length);
        }

        ReadOnlySpan<char> stretch = text.Chars[..to];
        for (int start = from, end; start < to && tokens.Count < limit; start = end)
        {
            end = GptWords.EndOf(stretch, start);
            AddPieces(text, start, end, limit, tokens);
        }
    }

    private void AddPieces(AlignedText text, int start, int end, int limit, TokenSequence tokens)
    {
        ReadOnlySpan<char> word = text.Chars[start..end];
        foreach (EncodedToken piece in _pairs.EncodeToTokens(word, out _, false, false))
        {
            if (tokens.Count == limit) return;
            (int offset, int length) = piece.Offset.GetOffsetAndLength(word.Length);
            tokens.Add(piece.Id, SpanOf(text, start + offset, start + offset + Math.Max(1, length)));
        }
    }

    // A blank belongs to the word behind it only for the tokenizer.
    private static SourceSpan SpanOf(AlignedText text, int start, int end)
    {
        int first = start, last = end;
        while (first < end && char.IsWhiteSpace(text.Chars[first])) first++;
        while (last > first && char.IsWhiteSpace(text.Chars[last - 1])) last--;
        return first < last ? text.SourceOf(first, last) : text.SourceOf(start, end);
    }

    private static string[] MakeAlphabet()
    {
        string[] alphabet = new string[256];
        int unseen = 0;
        for (int value = 0; value < alphabet.Length; value++)
        {
            bool seen = value is >= '!' and <= '~' or >= 0xA1 and <= 0xAC or >= 0xAE;
            alphabet[value] = ((char)(seen ? value : 256 + unseen++)).ToString();
        }

        return alphabet;
    }
}
