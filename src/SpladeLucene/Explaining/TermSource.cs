using SpladeLucene.Explaining;

namespace SpladeLucene;

/// <summary>The piece of a text that gave a term its weight.</summary>
/// <param name="Span">Where the winning token stands: in the query's text, or in the value of <see cref="Field"/>.</param>
/// <param name="Word">The whole word around it; the piece itself where words have no spaces between them, as in Chinese or Thai.</param>
/// <param name="IsLiteral">
/// Whether the token itself says the term, whatever its case and accents; otherwise the term is an expansion.
/// </param>
public sealed record TermSource(SourceSpan Span, string Word, bool IsLiteral)
{
    /// <summary>The document's source field that the word stands in; null for a query's source.</summary>
    public string? Field { get; init; }

    /// <summary>Which of the field's stored texts it is, from 0.</summary>
    public int Value { get; init; }

    /// <summary>Where <see cref="Word"/> stands, in the same text as <see cref="Span"/>.</summary>
    public SourceSpan WordSpan { get; init; } = Span;

    /// <summary>The same in a document's texts.</summary>
    internal static TermSource? Find(string term, SourceSpan? span, SourceTexts texts)
    {
        if (span is not { } whole || texts.Find(whole) is not { } value) return null;
        TermSource? source = Find(term, value.Within(whole), value.Text);
        return source is null ? null : source with { Field = value.Field, Value = value.Number };
    }

    /// <summary>Finds the source of <paramref name="term"/> in <paramref name="text"/>; null where the span is empty, holds
    /// white space alone or lies outside the text.</summary>
    internal static TermSource? Find(string term, SourceSpan? span, string? text)
    {
        if (text is null || span is not { Length: > 0 } found || found.Start < 0 || found.End > text.Length) return null;
        // Some tokenizers count the space before a word in.
        while (found.Length > 1 && char.IsWhiteSpace(text[found.Start])) found = found with { Start = found.Start + 1 };
        if (char.IsWhiteSpace(text[found.Start])) return null;
        bool literal = WordFolding.AreAlike(text.AsSpan(found.Start, found.Length), TermText.Readable(term));
        SourceSpan word = WordAround(text, found);
        return new TermSource(found, text[word.Start..word.End], literal) { WordSpan = word };
    }

    internal string InWords(string term, string side)
    {
        if (!IsLiteral) return $"is an expansion of the {side}'s \"{Word}\"";
        bool whole = !TermText.ContinuesWord(term) && Word.Equals(TermText.Readable(term), StringComparison.OrdinalIgnoreCase);
        return whole ? $"stands in the {side}" : $"stands in the {side}'s \"{Word}\"";
    }

    private static SourceSpan WordAround(string text, SourceSpan span)
    {
        int start = span.Start, end = span.End;
        if (!TextCuts.IsWord(text, start)) return span;
        while (TextCuts.Tears(text, start)) start--;
        while (TextCuts.Tears(text, end)) end++;
        return new SourceSpan(start, end);
    }
}
