namespace Microsoft.ML.Tokenizers;

/// <summary>What splits where the options name nothing else: words are what stands between white space.</summary>
internal sealed class WhiteSpacePreTokenizer : PreTokenizer
{
    public override IEnumerable<(int Offset, int Length)> PreTokenize(string text) => PreTokenize(text.AsSpan());

    public override IEnumerable<(int Offset, int Length)> PreTokenize(ReadOnlySpan<char> text)
    {
        var words = new List<(int Offset, int Length)>();
        int start = -1;
        for (int i = 0; i <= text.Length; i++)
        {
            bool inside = i < text.Length && !char.IsWhiteSpace(text[i]);
            if (inside && start < 0) start = i;
            if (inside || start < 0) continue;
            words.Add((start, i - start));
            start = -1;
        }

        return words;
    }
}
