using Lucene.Net.Analysis;
using Lucene.Net.Analysis.TokenAttributes;

namespace SpladeLucene.Packages.Tests.Support;

/// <summary>What comes out of an analysis chain, as text.</summary>
internal static class Tokens
{
    /// <summary>Each token as <c>term[start,end)</c>, <c>+increment</c> where it is not one; the end is last.</summary>
    public static string Of(Analyzer analyzer, string text, string fieldName = "body") =>
        Of(analyzer.GetTokenStream(fieldName, new StringReader(text)));

    public static string Of(TokenStream stream)
    {
        var seen = new List<string>();
        var term = stream.AddAttribute<ICharTermAttribute>();
        var offset = stream.AddAttribute<IOffsetAttribute>();
        var increment = stream.AddAttribute<IPositionIncrementAttribute>();
        using (stream)
        {
            stream.Reset();
            while (stream.IncrementToken())
            {
                string place = $"[{offset.StartOffset},{offset.EndOffset})";
                seen.Add(Show(term + place, increment.PositionIncrement, usual: 1));
            }

            stream.End();
            seen.Add(Show($"end {offset.EndOffset}", increment.PositionIncrement, usual: 0));
        }

        return string.Join(' ', seen);
    }

    private static string Show(string token, int increment, int usual) =>
        increment == usual ? token : $"{token}+{increment}";
}
