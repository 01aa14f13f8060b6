using Lucene.Net.Analysis;
using Lucene.Net.Analysis.Core;
using Lucene.Net.Analysis.TokenAttributes;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Util;
using SpladeLucene.Wire;

namespace SpladeLucene.Tests.Clusters.Routing;

/// <summary>Words that were counted before they travelled are in the index what an analyzer would have put there.</summary>
public sealed class TextWordsTests
{
    private static readonly FieldVector Empty = new("splade", new CountingEncoder().Fingerprint.ToString(), SparseVector.Empty);

    [Theory]
    [InlineData("b a b c b")]
    [InlineData("Straße İ a\u0301 😀 x")]
    [InlineData("one")]
    public void CountedWords_AreWhatTheAnalyzerPutsIntoTheIndex(string text)
    {
        using Analyzer analyzer = Analyzer.NewAnonymous((_, reader) =>
        {
            var words = new WhitespaceTokenizer(LuceneVersion.LUCENE_48, reader);
            return new TokenStreamComponents(words, new Doubling(words));
        });
        Operation sent = Operation.Put(new ClusterDocument("k", text), [Empty], TextWords.Of(text, analyzer));
        TextWords arrived = Operation.Read(sent.ToBytes()).Words!;

        using DirectoryReader expected = TestIndex.Of([TestIndex.Document(new TextField("w", text, Field.Store.NO))], analyzer);
        using DirectoryReader found = TestIndex.Of([TestIndex.Document(new WordsField("w", arrived))], analyzer);

        Assert.Equal(Described(expected), Described(found));
        Assert.Equal(expected.GetSumTotalTermFreq("w"), arrived.Length);
    }

    [Fact]
    public void Document_WithoutTheWordsThatTheIndexHas_IsRefused_AndTheOtherWayRound()
    {
        var with = new SpladeClusterOptions { Silos = ["a"], AnalyzerFactory = () => TestIndex.Whitespace };
        var without = new SpladeClusterOptions { Silos = ["a"] };
        var document = new ClusterDocument("k", "word");
        byte[] bare = Operation.Put(document, [Empty]).ToBytes();
        byte[] worded = Operation.Put(document, [Empty], TextWords.None).ToBytes();

        Operation.Check(bare, without);
        Operation.Check(worded, with);

        Assert.Contains("without words", Assert.Throws<ArgumentException>(() => Operation.Check(bare, with)).Message, StringComparison.Ordinal);
        Assert.Contains("with words", Assert.Throws<ArgumentException>(() => Operation.Check(worded, without)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Operation.Check(worded[..^1], with));
    }

    private static string[] Described(DirectoryReader reader)
    {
        AtomicReader segment = Assert.Single(reader.Leaves).AtomicReader;
        var terms = new List<string> { $"{segment.GetNormValues("w").Get(0)}" };
        TermsEnum each = segment.GetTerms("w").GetEnumerator();
        while (each.MoveNext()) terms.Add($"{each.Term.Utf8ToString()} {each.DocFreq} {each.TotalTermFreq}");
        return [.. terms];
    }

    // Each word again in its own place, as synonyms are.
    private sealed class Doubling : TokenFilter
    {
        private readonly ICharTermAttribute _term;
        private readonly IPositionIncrementAttribute _increment;
        private string? _again;

        public Doubling(TokenStream input)
            : base(input)
        {
            _term = AddAttribute<ICharTermAttribute>();
            _increment = AddAttribute<IPositionIncrementAttribute>();
        }

        public override bool IncrementToken()
        {
            if (_again is not null)
            {
                _term.SetEmpty().Append(_again + "'");
                _increment.PositionIncrement = 0;
                _again = null;
                return true;
            }

            if (!m_input.IncrementToken()) return false;
            _again = _term.ToString();
            return true;
        }
    }
}
