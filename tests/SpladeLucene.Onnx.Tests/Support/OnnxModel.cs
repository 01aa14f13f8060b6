using System.Runtime.InteropServices;
using SpladeLucene.Onnx.Fusing;

namespace SpladeLucene.Onnx.Tests.Support;

/// <summary>Builds small ONNX models. The numbers are the field numbers of onnx.proto.</summary>
internal sealed class OnnxModel(int operators = OnnxModel.OperatorSet)
{
    public const int FloatType = 1, Int32Type = 6, Int64Type = 7;

    private const int IrVersion = 8, OperatorSet = 17;

    private readonly ProtobufWriter _graph = new ProtobufWriter().Text(2, "test");

    public OnnxModel Input(string name, int type = Int64Type, string[]? dimensions = null) =>
        Value(11, name, type, dimensions ?? ["texts", "tokens"]);

    public OnnxModel Output(string name, params string[] dimensions) => Value(12, name, FloatType, dimensions);

    public OnnxModel WholeOutput(string name, int type, params string[] dimensions) =>
        Value(12, name, type, dimensions);

    public OnnxModel Node(
        string operation, string[] inputs, string output, params (string Name, long Value)[] attributes) =>
        Node(operation, inputs, [output], attributes);

    public OnnxModel Node(
        string operation, string[] inputs, string[] outputs, params (string Name, long Value)[] attributes)
    {
        var node = new ProtobufWriter();
        foreach (string input in inputs) node.Text(1, input);
        foreach (string output in outputs) node.Text(2, output);
        node.Text(4, operation);
        foreach ((string name, long value) in attributes)
            node.Message(5, new ProtobufWriter().Text(1, name).Number(3, value).Number(20, 2));
        _graph.Message(1, node);
        return this;
    }

    public OnnxModel Constant(string name, float[] values, params long[] shape) =>
        Tensor(name, FloatType, shape, MemoryMarshal.AsBytes(values.AsSpan()));

    public OnnxModel Constant(string name, long[] values, params long[] shape) =>
        Tensor(name, Int64Type, shape, MemoryMarshal.AsBytes(values.AsSpan()));

    /// <summary>A float tensor whose values lie in another file.</summary>
    public OnnxModel External(string name, string file, params long[] shape)
    {
        ProtobufWriter tensor = Header(name, FloatType, shape);
        tensor.Message(13, new ProtobufWriter().Text(1, "location").Text(2, file));
        _graph.Message(5, tensor.Number(14, 1));
        return this;
    }

    public byte[] ToArray() => new ProtobufWriter().Number(1, IrVersion).Message(7, _graph)
        .Message(8, new ProtobufWriter().Number(2, operators)).ToArray();

    private OnnxModel Tensor(string name, int type, long[] shape, ReadOnlySpan<byte> values)
    {
        _graph.Message(5, Header(name, type, shape).Bytes(9, values));
        return this;
    }

    private static ProtobufWriter Header(string name, int type, long[] shape)
    {
        var tensor = new ProtobufWriter();
        foreach (long dimension in shape) tensor.Number(1, dimension);
        return tensor.Number(2, type).Text(8, name);
    }

    // A dimension is a number, or the name of one that differs from run to run.
    private OnnxModel Value(int field, string name, int type, string[] dimensions)
    {
        var shape = new ProtobufWriter();
        foreach (string dimension in dimensions)
        {
            shape.Message(1, long.TryParse(dimension, out long size)
                ? new ProtobufWriter().Number(1, size) : new ProtobufWriter().Text(2, dimension));
        }

        var tensor = new ProtobufWriter().Number(1, type).Message(2, shape);
        _graph.Message(field, new ProtobufWriter().Text(1, name).Message(2, new ProtobufWriter().Message(1, tensor)));
        return this;
    }
}
