using System.Text;
using Lucene.Net.Analysis.TokenAttributes;

namespace Lucene.Net.Analysis.Util;

// Cuts text into runs of characters that belong to tokens. A run longer than the limit becomes several tokens.
public abstract class CharTokenizer : Tokenizer
{
    private const int MaxTokenLength = 255;

    private readonly ICharTermAttribute _term;
    private readonly IOffsetAttribute _offset;
    private int _next;

    // Null until the first token is asked for.
    private string? _text;

    private protected CharTokenizer(TextReader input) : base(input)
    {
        _term = AddAttribute<ICharTermAttribute>();
        _offset = AddAttribute<IOffsetAttribute>();
    }

    public override void Reset()
    {
        base.Reset();
        _text = null;
        _next = 0;
    }

    public sealed override bool IncrementToken()
    {
        ClearAttributes();
        string text = _text ??= m_input.ReadToEnd();
        int start = EndOfRun(text, _next, isToken: false, int.MaxValue);
        _next = EndOfRun(text, start, isToken: true, start + MaxTokenLength);
        if (_next == start)
        {
            return false;
        }
        _term.Append(text[start.._next]);
        _offset.SetOffset(start, _next);
        return true;
    }

    public sealed override void End()
    {
        base.End();
        int end = _text?.Length ?? 0;
        _offset.SetOffset(end, end);
    }

    protected abstract bool IsTokenChar(int c);

    // A surrogate pair may reach one unit past the limit.
    private int EndOfRun(string text, int start, bool isToken, int limit)
    {
        int end = start;
        while (end < text.Length && end < limit)
        {
            _ = Rune.TryGetRuneAt(text, end, out Rune rune);
            int codePoint = rune.Value == 0 ? text[end] : rune.Value;
            if (IsTokenChar(codePoint) != isToken)
            {
                break;
            }
            end += codePoint > char.MaxValue ? 2 : 1;
        }
        return end;
    }
}
