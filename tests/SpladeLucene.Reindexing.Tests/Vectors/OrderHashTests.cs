using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Util;
using SpladeLucene.Reindexing.Tests.Support;
using SpladeLucene.Reindexing.Vectors;

namespace SpladeLucene.Reindexing.Tests;

/// <summary>What keeps vectors from becoming other documents' in silence.</summary>
public sealed class OrderHashTests
{
    private static readonly string?[] Texts = ["one", null, "two", "one"];

    [Fact]
    public void Of_SameTextsInSamePlaces_IsTheSame() => Assert.Equal(Expected(Texts), Written(Texts));

    [Theory]
    [InlineData("two", null, "one", "one")]
    [InlineData(null, "one", "two", "one")]
    [InlineData("one", null, "two", "two")]
    [InlineData("one", null, "two")]
    public void Of_AnyOtherOrder_IsAnother(params string?[] texts) => Assert.NotEqual(Expected(Texts), Written(texts));

    private static byte[] Expected(string?[] texts)
    {
        using var order = new OrderHash();
        foreach (string? text in texts) order.Add(text is null ? default : TextHash.Of(text));
        return order.Finish();
    }

    private static byte[] Written(string?[] texts)
    {
        using DirectoryReader reader = TestIndex.Of(texts.Select(text => text is null ? new Document()
            : TestIndex.Document(new BinaryDocValuesField(
                Sandbox.Body.HashField, new BytesRef(TextHash.Of(text).ToBytes())))));
        return OrderHash.Of(reader.Leaves[0].AtomicReader, [Sandbox.Body]);
    }
}
