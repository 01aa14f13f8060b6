using Lucene.Net.Analysis.TokenAttributes;
using Lucene.Net.Util;

namespace Lucene.Net.Analysis.Standard;

// Words by the rules of Unicode's text segmentation. What is longer than 255 units is no word.
public sealed class StandardTokenizer : Tokenizer
{
    private const int MaxTokenLength = 255;

    private readonly ICharTermAttribute _term;
    private readonly IOffsetAttribute _offset;
    private readonly IPositionIncrementAttribute _increment;

    // Null until the first token is asked for.
    private WordScanner? _words;
    private int _skipped;

    public StandardTokenizer(LuceneVersion matchVersion, TextReader input) : base(input)
    {
        _ = matchVersion;
        _term = AddAttribute<ICharTermAttribute>();
        _offset = AddAttribute<IOffsetAttribute>();
        _increment = AddAttribute<IPositionIncrementAttribute>();
    }

    public override void Reset()
    {
        base.Reset();
        _words = null;
        _skipped = 0;
    }

    public sealed override bool IncrementToken()
    {
        ClearAttributes();
        _words ??= new WordScanner(m_input.ReadToEnd());
        _skipped = 0;
        while (_words.MoveNext())
        {
            if (_words.End - _words.Start <= MaxTokenLength)
            {
                _term.Append(_words.Text[_words.Start.._words.End]);
                _offset.SetOffset(_words.Start, _words.End);
                _increment.PositionIncrement = _skipped + 1;
                return true;
            }
            _skipped++;
        }
        return false;
    }

    public sealed override void End()
    {
        base.End();
        int end = _words?.Text.Length ?? 0;
        _offset.SetOffset(end, end);
        _increment.PositionIncrement += _skipped;
    }
}
