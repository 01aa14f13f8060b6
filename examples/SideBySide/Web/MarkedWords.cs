using System.Globalization;
using SpladeLucene;

namespace SideBySide.Web;

/// <summary>A piece of a text, and whether a match comes from it.</summary>
internal sealed record MarkedWord(string Text, bool Marked);

/// <summary>Splits a document's text into the words that matches come from, always whole, and what lies between.</summary>
internal static class MarkedWords
{
    public static MarkedWord[] Split(string text, IEnumerable<TermMatch> matches)
    {
        var pieces = new List<MarkedWord>();
        int done = 0;
        IEnumerable<SourceSpan> words = matches.Select(match => match.DocumentSource).OfType<TermSource>()
            .Select(source => WordAround(text, source.Span)).OrderBy(word => word.Start);
        foreach (SourceSpan word in words)
        {
            if (word.Start < done) continue;
            if (word.Start > done) pieces.Add(new MarkedWord(text[done..word.Start], false));
            pieces.Add(new MarkedWord(text[word.Start..word.End], true));
            done = word.End;
        }

        if (done < text.Length) pieces.Add(new MarkedWord(text[done..], false));
        return [.. pieces];
    }

    /// <summary>Whether the text itself says the term, whatever its case and accents, and the model did not add it.</summary>
    public static bool Says(string text, SparseTerm term)
    {
        if (term.Span is not { } span || span.Start < 0 || span.End > text.Length) return false;
        string piece = term.Term.StartsWith("##", StringComparison.Ordinal) ? term.Term[2..] : term.Term;
        return CultureInfo.InvariantCulture.CompareInfo.Compare(text[span.Start..span.End].Trim(), piece,
            CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace) == 0;
    }

    private static SourceSpan WordAround(string text, SourceSpan span)
    {
        (int start, int end) = (span.Start, span.End);
        while (start > 0 && IsOfWord(text[start - 1])) start--;
        while (end < text.Length && IsOfWord(text[end])) end++;
        return new SourceSpan(start, end);
    }

    // An accent that stands alone belongs to the letter before it.
    private static bool IsOfWord(char unit) => char.IsLetterOrDigit(unit)
        || char.GetUnicodeCategory(unit) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
