using System.Runtime.InteropServices;

namespace SpladeLucene.Onnx.Fusing;

/// <summary>Writes nodes, inputs and outputs of a graph; the numbers are the field numbers of onnx.proto.</summary>
/// <param name="operatorSet">The version of ONNX's operators, which says where they take their axes from.</param>
/// <param name="prefix">What the names of new tensors begin with, so that they meet no other.</param>
internal sealed class GraphBuilder(int operatorSet, string prefix)
{
    public const int Float = 1, Int32 = 6, Int64 = 7, Bool = 9, Float16 = 10, Double = 11;

    private const int NodeField = 1, NameField = 2, InputField = 11, OutputField = 12;
    private const int WholeAttribute = 2, TensorAttribute = 4, GraphAttribute = 5, WholesAttribute = 7;

    private readonly ProtobufWriter _graph = new();
    private int _made;

    /// <summary>What was written.</summary>
    public byte[] ToArray() => _graph.ToArray();

    /// <summary>A name that no tensor has.</summary>
    public string NewName() => $"{prefix}{_made++}";

    /// <summary>Adds a node with one output, and returns its name.</summary>
    public string Add(string operation, string[] inputs, params (string Name, ProtobufWriter Value)[] attributes)
    {
        string output = NewName();
        Add(operation, inputs, [output], attributes);
        return output;
    }

    public void Add(string operation, string[] inputs, string[] outputs, params (string Name, ProtobufWriter Value)[] attributes)
    {
        var node = new ProtobufWriter();
        foreach (string input in inputs) node.Text(GraphNode.InputField, input);
        foreach (string output in outputs) node.Text(GraphNode.OutputField, output);
        node.Text(GraphNode.NameField, outputs[0]).Text(GraphNode.OperationField, operation);
        foreach ((string name, ProtobufWriter value) in attributes)
            node.Bytes(GraphNode.AttributeField, [.. new ProtobufWriter().Text(1, name).ToArray(), .. value.ToArray()]);
        Add(node);
    }

    /// <summary>Adds a node that is written already.</summary>
    public void Add(ProtobufWriter node) => _graph.Message(NodeField, node);

    /// <summary>Adds a node whose axis is an attribute in old versions and an input in newer ones.</summary>
    public string AddOverAxis(string operation, string input, long axis, int inputSince, bool keeps = true)
    {
        (string, ProtobufWriter)[] attributes = keeps ? [] : [("keepdims", Whole(0))];
        return operatorSet >= inputSince ? Add(operation, [input, Wholes(axis)], attributes)
            : Add(operation, [input], [("axes", AxesAttribute(axis)), .. attributes]);
    }

    public string Cast(string input, int type) => Add("Cast", [input], ("to", Whole(type)));

    /// <summary>A tensor of whole numbers [count].</summary>
    public string Wholes(params long[] values) =>
        Add("Constant", [], ("value", Tensor(Int64, MemoryMarshal.AsBytes(values.AsSpan()), values.Length)));

    /// <summary>A single number, which every shape takes.</summary>
    public string Number(float value) => Add("Constant", [], ("value", Tensor(Float, BitConverter.GetBytes(value))));

    public string Number(double value) => Add("Constant", [], ("value", Tensor(Double, BitConverter.GetBytes(value))));

    /// <summary>A tensor of this shape with one value everywhere.</summary>
    public string Filled(string shape, int type, byte[] value) => Add("ConstantOfShape", [shape], ("value", Tensor(type, value, 1)));

    /// <summary>Says what goes into the graph. A null shape is left open.</summary>
    public GraphBuilder Input(string name, int type, string[]? shape = null) => Value(InputField, name, type, shape);

    /// <summary>Says what comes out of it.</summary>
    public GraphBuilder Output(string name, int type, string[]? shape = null) => Value(OutputField, name, type, shape);

    /// <summary>This graph as the attribute of a node.</summary>
    public ProtobufWriter ToAttribute()
    {
        _graph.Text(NameField, prefix + "graph");
        return new ProtobufWriter().Message(6, _graph).Number(20, GraphAttribute);
    }

    /// <summary>A whole number as an attribute.</summary>
    public static ProtobufWriter Whole(long value) => new ProtobufWriter().Number(3, value).Number(20, WholeAttribute);

    private static ProtobufWriter AxesAttribute(long axis) => new ProtobufWriter().Number(8, axis).Number(20, WholesAttribute);

    private static ProtobufWriter Tensor(int type, ReadOnlySpan<byte> values, params long[] shape)
    {
        var tensor = new ProtobufWriter();
        foreach (long size in shape) tensor.Number(1, size);
        return new ProtobufWriter().Message(5, tensor.Number(2, type).Bytes(9, values)).Number(20, TensorAttribute);
    }

    private GraphBuilder Value(int field, string name, int type, string[]? dimensions)
    {
        ProtobufWriter tensor = new ProtobufWriter().Number(1, type);
        if (dimensions is not null)
        {
            var shape = new ProtobufWriter();
            foreach (string dimension in dimensions)
            {
                shape.Message(1, long.TryParse(dimension, out long size)
                    ? new ProtobufWriter().Number(1, size) : new ProtobufWriter().Text(2, dimension));
            }

            tensor.Message(2, shape);
        }

        _graph.Message(field, new ProtobufWriter().Text(1, name).Message(2, new ProtobufWriter().Message(1, tensor)));
        return this;
    }
}
