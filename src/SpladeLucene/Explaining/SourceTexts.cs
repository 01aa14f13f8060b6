using System.Globalization;
using Lucene.Net.Documents;
using Lucene.Net.Index;

namespace SpladeLucene.Explaining;

/// <summary>
/// The stored values that a document's vector was made of. They were one text for the encoder: all values of the first
/// source field, then those of the next, with one unit between two values, be it the line feed of a mapping or the gap that
/// Lucene counts between the values of a field. So the lengths of the values lead from a span to its value.
/// </summary>
internal sealed class SourceTexts
{
    private readonly List<SourceText> _values = [];
    private readonly int _length;

    private SourceTexts(Document document, IEnumerable<string> fields)
    {
        int start = 0;
        foreach (string field in fields)
        {
            int number = 0;
            foreach (string text in ValuesOf(document, field))
            {
                _values.Add(new SourceText(field, number++, text, start));
                _length = start + text.Length;
                start = _length + 1;
            }
        }
    }

    public IReadOnlyList<SourceText> Values => _values;

    public static SourceTexts Read(AtomicReader reader, int doc, IReadOnlyList<string> fields) =>
        new(reader.Document(doc, new HashSet<string>(fields, StringComparer.Ordinal)), fields);

    /// <summary>The texts of a field; numbers and bytes are none.</summary>
    public static IEnumerable<string> ValuesOf(Document document, string field) =>
        document.GetFields(field).Where(IsText).Select(TextOf);

    public static bool IsText(IIndexableField field) => field.NumericType == NumericFieldType.NONE && TextOf(field) is not null;

    public static bool IsNumberOrBytes(IIndexableField field) =>
        field.NumericType != NumericFieldType.NONE || field.GetBinaryValue() is not null;

    public static string TextOf(IIndexableField field) => field.GetStringValue(CultureInfo.InvariantCulture);

    /// <summary>
    /// Whether the spans can be of these texts: none lies outside or between two values, and none cuts one word off and
    /// touches the next, as spans of another text soon do. Tokens of white space, be it between two values, tell nothing.
    /// </summary>
    public bool Fit(IEnumerable<SourceSpan> spans) => spans.All(span => IsBlank(span) || (Find(span) is { } value && !value.IsTornBy(span)));

    /// <summary>The value that a span of the whole text lies in; null where there is none.</summary>
    public SourceText? Find(SourceSpan span)
    {
        if (span.Length <= 0 || span.Start < 0 || span.End > _length) return null;
        SourceText value = _values.FindLast(each => each.Start <= span.Start);
        return span.End <= value.Start + value.Text.Length ? value : null;
    }

    private bool IsBlank(SourceSpan span)
    {
        if (span.Start < 0 || span.End > _length) return false;
        for (int i = span.Start; i < span.End; i++)
        {
            SourceText value = _values.FindLast(each => each.Start <= i);
            int place = i - value.Start;
            if (place < value.Text.Length && !char.IsWhiteSpace(value.Text[place])) return false;
        }

        return true;
    }
}

/// <summary>One value of a source field.</summary>
/// <param name="Field">The field.</param>
/// <param name="Number">Which of the field's values it is, from 0.</param>
/// <param name="Text">The value.</param>
/// <param name="Start">Where it begins in the text that was encoded.</param>
internal readonly record struct SourceText(string Field, int Number, string Text, int Start)
{
    public SourceSpan Within(SourceSpan span) => span.Shift(-Start);

    public bool IsTornBy(SourceSpan span)
    {
        (int start, int end) = (span.Start - Start, span.End - Start);
        // Some tokenizers count the space before a word in.
        while (start < end && char.IsWhiteSpace(Text[start])) start++;
        if (start == end || char.IsWhiteSpace(Text[end - 1])) return true;
        bool isWhole = !IsInside(start) && !IsInside(end);
        return !isWhole && Text[start..end].Any(char.IsWhiteSpace);
    }

    // Word breaks of Unicode's other scripts don't matter here: without spaces, nothing looks torn.
    private bool IsInside(int border) => border > 0 && border < Text.Length
        && char.IsLetterOrDigit(Text[border - 1]) && char.IsLetterOrDigit(Text[border]);
}
