namespace SpladeLucene.Onnx.Tokenization;

/// <summary>SentencePiece's unigram model as XLM-R, CamemBERT and BGE-M3 have it.</summary>
internal sealed record UnigramSettings(Vocabulary Vocabulary, IReadOnlyList<AddedToken> AddedTokens)
    : TokenizerSettings(Vocabulary, AddedTokens)
{
    /// <summary>The logarithm of each entry's probability, by id; an id without an entry has none.</summary>
    public required IReadOnlyList<double?> Scores { get; init; }

    /// <summary>What is done to a text first, in this order.</summary>
    public required IReadOnlyList<UnigramStep> Steps { get; init; }

    /// <summary>Whether words end at any white space, which is dropped; else they end at blanks alone.</summary>
    public bool SplitsAtWhiteSpace { get; init; }

    /// <summary>Where a mark is put before a word that has none.</summary>
    public PrefixPlace Prefix { get; init; } = PrefixPlace.Always;

    /// <summary>Whether each mark begins a word of its own.</summary>
    public bool SplitsAtMarks { get; init; } = true;

    public override TextTokenizer NewTokenizer() => new UnigramTokenizer(this);

    public override void WriteTo(BinaryWriter writer)
    {
        writer.Write("unigram");
        writer.Write(UnknownToken!);
        writer.Write(FirstToken);
        writer.Write(LastToken);
        writer.Write(SplitsAtWhiteSpace);
        writer.Write((int)Prefix);
        writer.Write(SplitsAtMarks);
        foreach (UnigramStep step in Steps) writer.Write(step.Name);
        foreach (double? score in Scores) writer.Write(score ?? double.NaN);
    }
}

/// <summary>Where Metaspace puts its mark before a word that begins without one.</summary>
internal enum PrefixPlace
{
    /// <summary>Nowhere.</summary>
    Never,

    /// <summary>At the beginning of the text.</summary>
    First,

    /// <summary>Also behind each added token.</summary>
    Always,
}

/// <summary>
/// Words with a mark in the place of the blank before them, each cut into the entries that are most probable together.
/// A token's span leaves the blank before a word out. Thread-safe.
/// </summary>
internal sealed class UnigramTokenizer(UnigramSettings settings) : TextTokenizer(settings)
{
    /// <summary>What stands for a blank.</summary>
    public const char Mark = '\u2581';

    private readonly UnigramModel _model = new(settings);

    protected override void Normalize(ReadOnlySpan<char> text, int offset, AlignedText target)
    {
        var current = new AlignedText(text.Length);
        current.AppendOriginal(text, offset);
        foreach (UnigramStep step in settings.Steps)
        {
            var next = new AlignedText(current.Length);
            step.Apply(current, next);
            current = next;
        }

        target.Append(current, 0, current.Length);
    }

    protected override void AddWords(
        AlignedText text, int from, int to, bool opens, int limit, TokenSequence tokens)
    {
        if (!settings.SplitsAtWhiteSpace)
        {
            AddMarked(text, from, to, opens, limit, tokens);
            return;
        }

        for (int start = from; start < to && tokens.Count < limit;)
        {
            int end = start;
            while (end < to && !IsSpace(text.Chars[end])) end++;
            if (end > start) AddMarked(text, start, end, opens && start == from, limit, tokens);
            start = end + 1;
        }
    }

    // Puts the marks in, and cuts before each.
    private void AddMarked(AlignedText text, int from, int to, bool opens, int limit, TokenSequence tokens)
    {
        var marked = new AlignedText(to - from + 1);
        SourceSpan first = text.SourceOf(from);
        bool prefixed = settings.Prefix == PrefixPlace.Always
            || (settings.Prefix == PrefixPlace.First && opens);
        if (prefixed && text.Chars[from] is not (' ' or Mark)) marked.Append(Mark, first with { End = first.Start });
        for (int i = from; i < to; i++) marked.Append(text.Chars[i] == ' ' ? Mark : text.Chars[i], text.SourceOf(i));

        for (int start = 0; start < marked.Length && tokens.Count < limit;)
        {
            int next = settings.SplitsAtMarks && start + 1 < marked.Length
                ? marked.Chars[(start + 1)..].IndexOf(Mark) : -1;
            int end = next < 0 ? marked.Length : start + 1 + next;
            AddPieces(marked, start, end, limit, tokens);
            start = end;
        }
    }

    private void AddPieces(AlignedText text, int start, int end, int limit, TokenSequence tokens)
    {
        foreach ((int id, int from, int to) in _model.Cut(text.Chars[start..end]))
        {
            if (tokens.Count == limit) return;
            tokens.Add(id, SpanOf(text, start + from, start + to));
        }
    }

    private static SourceSpan SpanOf(AlignedText text, int start, int end)
    {
        while (start < end - 1 && text.Chars[start] == Mark) start++;
        SourceSpan span = text.SourceOf(start, end);
        // A mark that was put there stands for nothing: it goes with what is behind it.
        return span.Length > 0 || end == text.Length ? span : text.SourceOf(start, end + 1);
    }

    private static bool IsSpace(char unit) => CharacterTable.Of(unit).HasFlag(CharacterTraits.Space);
}
