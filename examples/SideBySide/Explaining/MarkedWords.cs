using SpladeLucene;

namespace SideBySide;

/// <summary>A piece of a text, and whether a match comes from it: a word of the query, an expansion, or none.</summary>
internal sealed record MarkedWord(string Text, string? Mark);

/// <summary>Splits a document's text into the words that matches come from, always whole, and what lies between.</summary>
internal static class MarkedWords
{
    public const string Typed = "typed", Expansion = "expansion";

    /// <param name="text">The document.</param>
    /// <param name="matches">Where matches stand, in whatever pieces; a word that is typed counts as that.</param>
    public static MarkedWord[] Split(string text, IEnumerable<(SourceSpan Span, bool Typed)> matches)
    {
        var pieces = new List<MarkedWord>();
        int done = 0;
        foreach ((SourceSpan word, bool typed) in matches
            .Where(match => match.Span.Length > 0 && match.Span.Start >= 0 && match.Span.End <= text.Length)
            .Select(match => (Word: WordForms.WordAround(text, match.Span), match.Typed))
            .OrderBy(match => match.Word.Start).ThenByDescending(match => match.Typed))
        {
            if (word.Start < done) continue;
            if (word.Start > done) pieces.Add(new MarkedWord(text[done..word.Start], null));
            pieces.Add(new MarkedWord(text[word.Start..word.End], typed ? Typed : Expansion));
            done = word.End;
        }

        if (done < text.Length) pieces.Add(new MarkedWord(text[done..], null));
        return [.. pieces];
    }
}
