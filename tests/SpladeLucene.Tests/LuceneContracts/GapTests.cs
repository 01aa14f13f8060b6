using Lucene.Net.Analysis;
using Lucene.Net.Analysis.Core;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Util;

namespace SpladeLucene.Tests.LuceneContracts;

/// <summary>SpladeExplainer: the values of a field stand one character apart.</summary>
public sealed class GapTests
{
    private static readonly FieldType WithOffsets = new(TextField.TYPE_NOT_STORED)
    {
        IndexOptions = IndexOptions.DOCS_AND_FREQS_AND_POSITIONS_AND_OFFSETS,
    };

    [Theory]
    [InlineData(0, 1, "0@0-1 2@6-7")]
    [InlineData(10, 5, "0@0-1 22@14-15")]
    public void AddDocument_ThreeValues_LieApartByTheGaps(int positions, int offsets, string expected)
    {
        using var analyzer = new GappedAnalyzer(positions, offsets);
        using DirectoryReader reader = TestIndex.Of(
            [TestIndex.Document(Value("x y "), Value(""), Value("x"))], analyzer);

        Assert.Equal(expected, Occurrences(reader, "x"));
    }

    private static Field Value(string text) => new("f", text, WithOffsets);

    private static string Occurrences(DirectoryReader reader, string term)
    {
        DocsAndPositionsEnum found = reader.Leaves[0].AtomicReader.GetTermPositionsEnum(new Term("f", term));
        found.NextDoc();
        return string.Join(' ', Enumerable.Range(0, found.Freq).Select(
            _ => $"{found.NextPosition()}@{found.StartOffset}-{found.EndOffset}"));
    }

    private sealed class GappedAnalyzer(int positions, int offsets) : Analyzer
    {
        public override int GetPositionIncrementGap(string fieldName) => positions;

        public override int GetOffsetGap(string fieldName) => offsets;

        protected override TokenStreamComponents CreateComponents(string fieldName, TextReader reader) =>
            new(new WhitespaceTokenizer(LuceneVersion.LUCENE_48, reader));
    }
}
