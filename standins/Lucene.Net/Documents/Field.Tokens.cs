using Lucene.Net.Analysis;
using Lucene.Net.Analysis.TokenAttributes;

namespace Lucene.Net.Documents;

public partial class Field
{
    public virtual TokenStream GetTokenStream(Analyzer analyzer)
    {
        if (!FieldType.IsIndexed)
        {
            return null;
        }
        if (!FieldType.IsTokenized)
        {
            string whole = GetStringValue() ?? throw new ArgumentException($"Field {Name} has no string to index.");
            return new WholeValueStream(whole);
        }
        return _value switch
        {
            TokenStream stream => stream,
            TextReader reader => analyzer.GetTokenStream(Name, reader),
            _ when GetStringValue() is { } text => analyzer.GetTokenStream(Name, text),
            _ => throw new ArgumentException($"Field {Name} has no value to index."),
        };
    }

    // The one token of a value that is not tokenized.
    private sealed class WholeValueStream : TokenStream
    {
        private readonly string _text;
        private readonly ICharTermAttribute _term;
        private readonly IOffsetAttribute _offset;
        private bool _used;

        internal WholeValueStream(string text)
        {
            _text = text;
            _term = AddAttribute<ICharTermAttribute>();
            _offset = AddAttribute<IOffsetAttribute>();
        }

        public override bool IncrementToken()
        {
            if (_used)
            {
                return false;
            }
            ClearAttributes();
            _term.Append(_text);
            _offset.SetOffset(0, _text.Length);
            return _used = true;
        }

        public override void Reset() => _used = false;

        public override void End()
        {
            base.End();
            _offset.SetOffset(_text.Length, _text.Length);
        }
    }
}
