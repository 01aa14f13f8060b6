using System.Text;
using Lucene.Net.Analysis;
using Lucene.Net.Analysis.TokenAttributes;
using Lucene.Net.Documents;
using Lucene.Net.Index;

namespace SpladeLucene.Wire;

/// <summary>A field that carries words already counted: their frequencies and the text's length, which is all that BM25 asks for.</summary>
internal sealed class WordsField : Field
{
    private const int LongestTerm = 32_766;

    private static readonly FieldType Counted = new FieldType
    {
        IsIndexed = true, IsTokenized = true, IndexOptions = IndexOptions.DOCS_AND_FREQS,
    }.Freeze();

    /// <exception cref="ArgumentException">A word is longer than Lucene allows.</exception>
    public WordsField(string name, TextWords words)
        : base(name, new Tokens(Checked(words)), Counted)
    {
    }

    private static TextWords Checked(TextWords words)
    {
        foreach ((string word, _) in words.Counts)
        {
            if (word.Length > LongestTerm / 3 && Encoding.UTF8.GetByteCount(word) > LongestTerm)
                throw new ArgumentException($"The word '{word[..32]}…' of {word.Length} characters is longer than the {LongestTerm} bytes that Lucene allows.", nameof(words));
        }

        return words;
    }

    // The order of words means nothing to BM25: those in the place of another come last.
    private sealed class Tokens : TokenStream
    {
        private readonly TextWords _words;
        private readonly int _places;
        private readonly ICharTermAttribute _term;
        private readonly IPositionIncrementAttribute _increment;
        private int _word;
        private int _left;
        private int _told;

        public Tokens(TextWords words)
        {
            (_words, _places) = (words, words.Length - words.Overlaps);
            _term = AddAttribute<ICharTermAttribute>();
            _increment = AddAttribute<IPositionIncrementAttribute>();
        }

        public override void Reset()
        {
            base.Reset();
            (_word, _left, _told) = (-1, 0, 0);
        }

        public override bool IncrementToken()
        {
            ClearAttributes();
            if (_left == 0)
            {
                if (++_word >= _words.Counts.Count) return false;
                _left = _words.Counts[_word].Value;
            }

            _left--;
            _term.SetEmpty().Append(_words.Counts[_word].Key);
            _increment.PositionIncrement = _told++ < _places ? 1 : 0;
            return true;
        }
    }
}
