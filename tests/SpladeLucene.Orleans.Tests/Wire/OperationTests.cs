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

    [Fact]
    public void Operation_OfTheFormatBefore_IsRead()
    {
        using var bytes = new MemoryStream();
        using (var to = new BinaryWriter(bytes, Encoding.UTF8, leaveOpen: true))
        {
            to.Write((byte)2);
            to.Write("k");
            to.Write(true);
            to.Write("the text");
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
}
