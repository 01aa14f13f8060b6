using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Util;
using SpladeLucene.Postings;
using SpladeLucene.Tests.Support;

namespace SpladeLucene.Tests;

public sealed class SpannedPostingsTests
{
    private static readonly WordEncoder Encoder = new();

    [Fact]
    public void Read_SeveralValues_IsTheLargestWithItsSpan()
    {
        using DirectoryReader reader = TestIndex.Of([TestIndex.Document([.. new[] { 10, 200, 30 }.Select(Value)])]);
        ImpactReader impacts = ImpactReader.Open(reader.Leaves[0].AtomicReader, "splade")!;
        TermsEnum terms = impacts.Terms();
        Assert.True(terms.SeekExact(new BytesRef("a")));
        SpannedPostings postings = impacts.SpannedPostings(terms, offsets: true);

        Assert.Equal(0, postings.NextDoc());

        // The second value begins behind the five units of the first, and one.
        Assert.Equal((200, new SourceSpan(8, 9)), postings.Read());
    }

    // Whoever reads one way and scores another carries what no search finds.
    [Theory]
    [InlineData(200)]
    [InlineData(2, 200)]
    [InlineData(200, -1)]
    [InlineData(-1, 200, 7)]
    [InlineData(-1, -1)]
    public void Read_TokensWithAndWithoutPayloads_IsTheImpactThatIsScored(params int[] payloads)
    {
        var tokens = new PayloadTokens([.. payloads.Select(payload => ("a", payload < 0 ? null : new[] { (byte)payload }))]);
        using DirectoryReader reader = TestIndex.Of(
            [TestIndex.Document(new TextField("splade", tokens)), TestIndex.Document(new TextField("splade", new PayloadTokens(("b", [1]))))]);
        ImpactReader impacts = ImpactReader.Open(reader.Leaves[0].AtomicReader, "splade")!;
        TermsEnum terms = impacts.Terms();
        Assert.True(terms.SeekExact(new BytesRef("a")));
        ImpactPostings scored = impacts.Postings(terms, acceptDocs: null);
        SpannedPostings spanned = impacts.SpannedPostings(terms, offsets: false);

        Assert.Equal((0, 0), (scored.NextDoc(), spanned.NextDoc()));
        Assert.Equal(scored.ReadImpact(), spanned.Read().Impact);
    }

    private static IIndexableField Value(int impact) => new SpladeField(
        "splade", SparseVector.Create([new SparseTerm("a", ImpactQuantizer.Default.Dequantize(impact), new SourceSpan(2, 3))]),
        Encoder.Fingerprint, new ImpactFormat { Offsets = true }, sourceLength: 5);
}
