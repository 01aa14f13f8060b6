using System.Runtime.InteropServices;
using SpladeLucene.Benchmarks.Collections;
using SpladeLucene.Onnx.Fusing;

namespace SpladeLucene.Benchmarks.Throughput;

/// <summary>
/// A graph of BERT-base's size and kind with the head that scores the vocabulary, and random weights: what a SPLADE model
/// costs to run doesn't depend on what it has learned. The weights lie in a file beside it.
/// </summary>
internal sealed class BertGraph : IDisposable
{
    public const string GraphFile = "model.onnx", WeightsFile = "model.onnx_data";

    private const int OperatorSet = 17, Layers = 12, Heads = 12, Width = 768, Wide = 4 * Width, Positions = 512;

    private readonly GraphBuilder _graph = new(OperatorSet, "bert/");
    private readonly ProtobufWriter _weights = new();
    private readonly FileStream _file;
    private readonly int _vocabulary;
    private ulong _seed = 42;
    private int _named;

    private BertGraph(string folder, int vocabulary) =>
        (_file, _vocabulary) = (File.Create(Path.Combine(folder, WeightsFile)), vocabulary);

    /// <summary>Writes both files.</summary>
    public static void Write(string folder, int vocabulary)
    {
        using var bert = new BertGraph(folder, vocabulary);
        byte[] nodes = bert.Nodes();
        File.WriteAllBytes(Path.Combine(folder, GraphFile), new ProtobufWriter().Number(1, 8)
            .Bytes(7, [.. nodes, .. bert._weights.ToArray()])
            .Message(8, new ProtobufWriter().Number(2, OperatorSet)).ToArray());
    }

    public void Dispose() => _file.Dispose();

    private byte[] Nodes()
    {
        foreach (string input in new[] { "input_ids", "attention_mask", "token_type_ids" })
            _graph.Input(input, GraphBuilder.Int64, ["texts", "tokens"]);
        string states = Embeddings(), mask = Mask();
        for (int layer = 0; layer < Layers; layer++)
        {
            states = Normalized(_graph.Add("Add", [states, Attention(states, mask)]));
            states = Normalized(_graph.Add("Add", [states, Dense(Gelu(Dense(states, Width, Wide)), Wide, Width)]));
        }

        string head = Normalized(Gelu(Dense(states, Width, Width)));
        _graph.Add("Identity", [Dense(head, Width, _vocabulary)], ["logits"]);
        return _graph.Output("logits", GraphBuilder.Float, ["texts", "tokens", $"{_vocabulary}"]).ToArray();
    }

    private string Embeddings()
    {
        string length = _graph.Add("Gather", [_graph.Add("Shape", ["input_ids"]), _graph.Wholes(1)]);
        string places = _graph.Add("Slice", [Weight(Positions, Width), _graph.Wholes(0), length, _graph.Wholes(0)]);
        string words = _graph.Add("Gather", [Weight(_vocabulary, Width), "input_ids"]);
        string kinds = _graph.Add("Gather", [Weight(2, Width), "token_type_ids"]);
        return Normalized(_graph.Add("Add", [_graph.Add("Add", [words, kinds]), places]));
    }

    // 0 for a token, far below every score for padding: [texts, 1, 1, tokens].
    private string Mask()
    {
        string padding = _graph.Add("Sub", [_graph.Number(1f), _graph.Cast("attention_mask", GraphBuilder.Float)]);
        return _graph.Add("Mul", [_graph.Add("Unsqueeze", [padding, _graph.Wholes(1, 2)]), _graph.Number(-1e4f)]);
    }

    private string Attention(string states, string mask)
    {
        string queries = Split(Dense(states, Width, Width), 0, 2, 1, 3);
        string keys = Split(Dense(states, Width, Width), 0, 2, 3, 1);
        string values = Split(Dense(states, Width, Width), 0, 2, 1, 3);
        string scores = _graph.Add("Div",
            [_graph.Add("MatMul", [queries, keys]), _graph.Number(MathF.Sqrt((float)Width / Heads))]);
        string shares = _graph.Add("Softmax", [_graph.Add("Add", [scores, mask])], ("axis", GraphBuilder.Whole(-1)));
        string mixed = Turned(_graph.Add("MatMul", [shares, values]), 0, 2, 1, 3);
        return Dense(_graph.Add("Reshape", [mixed, _graph.Wholes(0, 0, Width)]), Width, Width);
    }

    private string Split(string states, params long[] order) =>
        Turned(_graph.Add("Reshape", [states, _graph.Wholes(0, 0, Heads, Width / Heads)]), order);

    private string Turned(string tensor, params long[] order)
    {
        var value = new ProtobufWriter();
        foreach (long axis in order) value.Number(8, axis);
        return _graph.Add("Transpose", [tensor], ("perm", value.Number(20, 7)));
    }

    private string Dense(string states, int from, int to) =>
        _graph.Add("Add", [_graph.Add("MatMul", [states, Weight(from, to)]), Weight(to)]);

    private string Normalized(string states) =>
        _graph.Add("LayerNormalization", [states, Weight(Width), Weight(Width)]);

    private string Gelu(string states)
    {
        string share = _graph.Add("Erf", [_graph.Add("Div", [states, _graph.Number(MathF.Sqrt(2))])]);
        return _graph.Add("Mul", [_graph.Add("Mul", [states, _graph.Number(0.5f)]),
            _graph.Add("Add", [share, _graph.Number(1f)])]);
    }

    /// <summary>A tensor of small random numbers.</summary>
    private string Weight(params long[] shape)
    {
        string name = $"weight {_named++}";
        var random = new SplitMix64(_seed++);
        float[] values = new float[shape.Aggregate(1L, static (product, size) => product * size)];
        foreach (ref float value in values.AsSpan()) value = (float)((random.Unit() - 0.5) * 0.1);
        var tensor = new ProtobufWriter();
        foreach (long size in shape) tensor.Number(1, size);
        tensor.Number(2, GraphBuilder.Float).Text(8, name);
        foreach ((string key, string value) in new[]
        {
            ("location", WeightsFile), ("offset", $"{_file.Position}"), ("length", $"{values.Length * sizeof(float)}"),
        })
        {
            tensor.Message(13, new ProtobufWriter().Text(1, key).Text(2, value));
        }

        _weights.Message(5, tensor.Number(14, 1));
        _file.Write(MemoryMarshal.AsBytes(values.AsSpan()));
        return name;
    }
}
