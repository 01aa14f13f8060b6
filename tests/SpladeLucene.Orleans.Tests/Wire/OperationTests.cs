using System.Text;
using SpladeLucene.Wire;

namespace SpladeLucene.Tests.Clusters.Wire;

public sealed class OperationTests
{
    private static readonly FieldVector Vector = new("splade", new CountingEncoder().Fingerprint.ToString(), SparseVector.Empty);

    [Fact]
    public void Text_DoesntTravel()
    {
        var document = new ClusterDocument("k", "only encoded", new Dictionary<string, string> { ["title"] = "stored" });

        byte[] sent = Operation.Put(document, [Vector]).ToBytes();

        Assert.Equal(-1, sent.AsSpan().IndexOf("only encoded"u8));
        Assert.Equal("stored", Operation.Read(sent).Stored!["title"]);
    }

    // Silos of before read what is sent now, with an empty text.
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Operation_OfAnEarlierVersion_IsRead(byte format)
    {
        Assert.Equal(2, Operation.Delete("k").ToBytes()[0]);
        using var bytes = new MemoryStream();
        using (var to = new BinaryWriter(bytes, Encoding.UTF8, leaveOpen: true))
        {
            to.Write(format);
            to.Write("k");
            to.Write(true);
            if (format == 2) to.Write("the text");
            to.Write(1);
            to.Write("title");
            to.Write("stored");
            to.Write((byte)1);
            Vector.Write(to);
            to.Write(false);
        }

        Operation read = Operation.Read(bytes.ToArray());

        Assert.Equal("k", read.Key);
        Assert.Equal("stored", Assert.Single(read.Stored!).Value);
        Assert.Equal("splade", Assert.Single(read.Vectors).Field);
    }

    // As one key, all halves would be the same.
    [Fact]
    public void Key_ThatIsNoText_IsRefused()
    {
        foreach (string key in new[] { "a\ud800", "\udc00" })
            Assert.Contains("half of a character", Assert.Throws<ArgumentException>(() => Operation.CheckKey(key)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void Words_AreAtLeastOneLong(int overlaps, bool isRead)
    {
        using var bytes = new MemoryStream();
        using var to = new BinaryWriter(bytes);
        new TextWords([KeyValuePair.Create("word", 2)], overlaps).Write(to);
        bytes.Position = 0;
        using var from = new BinaryReader(bytes);

        Assert.Equal(isRead, Record.Exception(() => TextWords.Read(from)) is not InvalidDataException);
    }
}
