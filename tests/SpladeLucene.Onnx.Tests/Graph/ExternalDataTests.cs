using SpladeLucene.Onnx.Graph;
using SpladeLucene.Onnx.Tests.Support;

namespace SpladeLucene.Onnx.Tests;

public sealed class ExternalDataTests
{
    [Fact]
    public void FilesOf_TensorsAnywhere_FindsEachFileOnce()
    {
        ProtobufWriter constant = Node(new ProtobufWriter().Message(5, Tensor("constant.bin")));
        ProtobufWriter subgraph = new ProtobufWriter().Message(5, Tensor("branch.bin"))
            .Message(1, Node(new ProtobufWriter().Message(10, Tensor("constant.bin"))));
        ProtobufWriter sparse = new ProtobufWriter().Message(1, Tensor("values.bin")).Message(2, Tensor("places.bin"));
        ProtobufWriter graph = new ProtobufWriter().Message(1, constant)
            .Message(1, Node(new ProtobufWriter().Message(6, subgraph))).Message(5, Tensor("own.bin"))
            .Message(15, sparse);
        ProtobufWriter function = new ProtobufWriter().Message(7,
            Node(new ProtobufWriter().Message(5, Tensor("function.bin"))));

        Assert.Equal(
            ["constant.bin", "branch.bin", "own.bin", "values.bin", "places.bin", "function.bin"],
            FilesOf(new ProtobufWriter().Number(1, 8).Message(7, graph).Message(25, function)));
    }

    [Fact]
    public void FilesOf_GraphsNestedWithoutEnd_IsRefused()
    {
        var graph = new ProtobufWriter();
        for (int i = 0; i < 200; i++)
            graph = new ProtobufWriter().Message(1, Node(new ProtobufWriter().Message(6, graph)));

        Assert.Throws<InvalidDataException>(() => FilesOf(new ProtobufWriter().Message(7, graph)));
    }

    private static IReadOnlyList<string> FilesOf(ProtobufWriter model)
    {
        using ModelDirectory folder = new ModelDirectory().With("model.onnx", model.ToArray());
        return ExternalData.FilesOf(folder.PathOf("model.onnx"));
    }

    private static ProtobufWriter Node(ProtobufWriter attribute) => new ProtobufWriter().Message(5, attribute);

    private static ProtobufWriter Tensor(string file) => new ProtobufWriter().Number(1, 1)
        .Message(13, new ProtobufWriter().Text(1, "location").Text(2, file));
}
