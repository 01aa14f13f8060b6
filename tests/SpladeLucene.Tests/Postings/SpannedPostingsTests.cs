using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Util;
using SpladeLucene.Postings;

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

    private static IIndexableField Value(int impact) => new SpladeField(
        "splade", SparseVector.Create([new SparseTerm("a", ImpactQuantizer.Default.Dequantize(impact), new SourceSpan(2, 3))]),
        Encoder.Fingerprint, new ImpactFormat { Offsets = true }, sourceLength: 5);
}
