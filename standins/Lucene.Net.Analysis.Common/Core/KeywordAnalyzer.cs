using Lucene.Net.Analysis.TokenAttributes;

namespace Lucene.Net.Analysis.Core;

// Makes one token of the whole text.
public sealed class KeywordAnalyzer : Analyzer
{
    protected override TokenStreamComponents CreateComponents(string fieldName, TextReader reader) =>
        new(new KeywordTokenizer(reader));

    private sealed class KeywordTokenizer : Tokenizer
    {
        private readonly ICharTermAttribute _term;
        private readonly IOffsetAttribute _offset;
        private bool _done;
        private int _length;

        internal KeywordTokenizer(TextReader input) : base(input)
        {
            _term = AddAttribute<ICharTermAttribute>();
            _offset = AddAttribute<IOffsetAttribute>();
        }

        public override void Reset()
        {
            base.Reset();
            _done = false;
        }

        public override bool IncrementToken()
        {
            if (_done)
            {
                return false;
            }
            ClearAttributes();
            string text = m_input.ReadToEnd();
            _length = text.Length;
            _term.Append(text);
            _offset.SetOffset(0, _length);
            return _done = true;
        }

        public override void End()
        {
            base.End();
            _offset.SetOffset(_length, _length);
        }
    }
}
