namespace SpladeLucene.Tool;

/// <summary>Cuts texts for a line.</summary>
internal static class TextCut
{
    /// <summary>The first <paramref name="length"/> units of a longer text, one less where that would part a surrogate pair.</summary>
    public static string At(string text, int length) => text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
}
