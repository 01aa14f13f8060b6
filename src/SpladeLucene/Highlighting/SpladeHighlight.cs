using System.Text;

namespace SpladeLucene;

/// <summary>Why a document matched, in its own words.</summary>
/// <param name="Status">Whether words could be found, and if not, why.</param>
/// <param name="Fragments">Pieces of the stored texts, the strongest first; empty unless words were found.</param>
public sealed record SpladeHighlight(HighlightStatus Status, IReadOnlyList<HighlightFragment> Fragments);

/// <summary>Whether a highlight could be made.</summary>
public enum HighlightStatus
{
    /// <summary>There are fragments.</summary>
    Found,

    /// <summary>The document has no term of the query.</summary>
    NoMatch,

    /// <summary>
    /// The field was indexed without offsets (<see cref="ImpactFormat.Offsets"/>), or with vectors of an encoder that doesn't
    /// say where in the text a weight came from, so nothing leads to words.
    /// </summary>
    NoSpans,

    /// <summary>
    /// The stored texts of the query's <see cref="SpladeQuery.SourceFields"/> are not there, or not those that the vector was
    /// made of.
    /// </summary>
    NoText,
}

/// <summary>A piece of one stored text.</summary>
/// <param name="Field">The source field.</param>
/// <param name="Value">Which of the field's stored texts it is from, from 0.</param>
/// <param name="Start">Where in that text it begins.</param>
/// <param name="Text">The piece, cut between words.</param>
/// <param name="Words">Where in the piece the marked words stand, ascending, none over another.</param>
/// <param name="Score">What these words add to the document's score.</param>
public sealed record HighlightFragment(
    string Field, int Value, int Start, string Text, IReadOnlyList<SourceSpan> Words, float Score)
{
    /// <summary>The piece with its words between two marks.</summary>
    /// <param name="before">Default: <c>&lt;b&gt;</c>.</param>
    /// <param name="after">Default: <c>&lt;/b&gt;</c>.</param>
    /// <param name="encode">What is done to the text itself, such as <c>WebUtility.HtmlEncode</c> for a web page. Default:
    /// nothing.</param>
    public string Marked(string before = "<b>", string after = "</b>", Func<string, string>? encode = null)
    {
        encode ??= text => text;
        var marked = new StringBuilder();
        int done = 0;
        foreach (SourceSpan word in Words)
        {
            marked.Append(encode(Text[done..word.Start])).Append(before);
            marked.Append(encode(Text[word.Start..word.End])).Append(after);
            done = word.End;
        }

        return marked.Append(encode(Text[done..])).ToString();
    }
}
