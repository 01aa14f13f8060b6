using SpladeLucene.Onnx.Heads;

namespace SpladeLucene.Onnx.Fusing;

/// <summary>
/// The nodes that pool inside of a graph: a loop makes the logits of a few tokens at a time and keeps the largest of each
/// column and its token, so that the logits of a whole text are never there. What it puts out is what <see cref="LogitsHead"/>
/// makes: the first of equal maxima wins, masked tokens never count, and NaN comes through.
/// </summary>
internal sealed class PoolingGraph(LogitsTail tail, GraphLayout layout, HeadSettings head)
{
    public const string Weights = "weights", Positions = "positions";

    /// <summary>What the names of all new tensors begin with.</summary>
    public const string Prefix = "splade-fused/";

    /// <summary>The oldest operators that these are written for.</summary>
    public const int OldestOperatorSet = 11;

    // Where operators began to take their axes as an input.
    private const int AxesOfSums = 13, AxesOfMaxima = 18;

    private const int LogitBytes = 8 << 20, FewestTokens = 32, MostTokens = 512;

    private readonly GraphBuilder _outer = new(layout.OperatorSet, Prefix);
    private readonly GraphBuilder _body = new(layout.OperatorSet, Prefix + "body/");

    private bool Sums => head.Pooling == Pooling.Sum;

    /// <summary>The tensor that tells tokens from padding; null where there is none.</summary>
    public string? Mask { get; init; }

    /// <summary>The columns of the logits.</summary>
    public required int Width { get; init; }

    /// <summary>Whether the logits are Float16.</summary>
    public bool Halves { get; init; }

    /// <summary>
    /// The tokens of a text whose logits are made at a time: as many as take 8 MiB, but no fewer than make reading the weights
    /// again for each worth it.
    /// </summary>
    public int TokensAtATime => Tokens ?? Math.Clamp(LogitBytes / sizeof(float) / Width, FewestTokens, MostTokens);

    /// <summary>The same number, if another is asked for.</summary>
    public int? Tokens { get; init; }

    /// <summary>The nodes and outputs, to be put behind the graph's own.</summary>
    /// <param name="fieldsOf">The fields of a node, as they are written, but for its inputs, outputs and name.</param>
    public byte[] Build(Func<GraphNode, byte[]> fieldsOf)
    {
        string shape = _outer.Add("Shape", [tail.Narrow]);
        string texts = _outer.Add("Gather", [shape, _outer.Wholes(0)]), tokens = _outer.Add("Gather", [shape, _outer.Wholes(1)]);
        string all = _outer.Add("Concat", [texts, _outer.Wholes(Width)], ("axis", GraphBuilder.Whole(0)));
        string rounds = _outer.Add("Div",
            [_outer.Add("Add", [tokens, _outer.Wholes(TokensAtATime - 1)]), _outer.Wholes(TokensAtATime)]);
        string? mask = Mask is null ? null : _outer.Cast(Mask, GraphBuilder.Bool);
        List<string> states =
        [
            _outer.Filled(all, GraphBuilder.Float, BitConverter.GetBytes(float.NegativeInfinity)),
            _outer.Filled(all, GraphBuilder.Int64, BitConverter.GetBytes(0L)),
        ];
        if (Sums) states.Add(_outer.Filled(all, GraphBuilder.Double, BitConverter.GetBytes(0d)));
        BuildBody(mask, fieldsOf);
        string[] results = [.. states.Select(_ => _outer.NewName())];
        _outer.Add("Loop", [rounds, "", .. states], results, ("body", _body.ToAttribute()));
        AddOutputs(results[0], results[1], Sums ? results[2] : null);
        return _outer.ToArray();
    }

    private void AddOutputs(string best, string places, string? sums)
    {
        string doubles = sums ?? Activate(_outer, _outer.Cast(best, GraphBuilder.Double));
        // ReLU takes NaN for 0 on some processors.
        _outer.Add("Where", [_outer.Add("IsNaN", [best]), best, _outer.Cast(doubles, GraphBuilder.Float)], [Weights]);
        _outer.Add("Cast", [places], [Positions], ("to", GraphBuilder.Whole(GraphBuilder.Int32)));
        string[] shape = ["texts", $"{Width}"];
        _outer.Output(Weights, GraphBuilder.Float, shape).Output(Positions, GraphBuilder.Int32, shape);
    }

    private void BuildBody(string? mask, Func<GraphNode, byte[]> fieldsOf)
    {
        string round = _body.NewName(), going = _body.NewName(), best = _body.NewName(), places = _body.NewName();
        string start = _body.Add("Mul", [_body.Add("Reshape", [round, _body.Wholes(1)]), _body.Wholes(TokensAtATime)]);
        string end = _body.Add("Add", [start, _body.Wholes(TokensAtATime)]);
        string logits = Masked(Logits(Part(tail.Narrow), fieldsOf), mask is null ? null : Part(mask));
        string largest = _body.AddOverAxis("ReduceMax", logits, 1, AxesOfMaxima, keeps: false);
        string row = _body.Add("ArgMax", [logits], ("axis", GraphBuilder.Whole(1)), ("keepdims", GraphBuilder.Whole(0)));
        string larger = _body.Add("Greater", [largest, best]);
        // A sum is NaN where one of its numbers is, whatever a maximum makes of it.
        string sum = _body.AddOverAxis("ReduceSum", logits, 1, AxesOfSums, keeps: false);
        string kept = _body.Add("Where", [_body.Add("IsNaN", [sum]), sum, _body.Add("Where", [larger, largest, best])]);
        string place = _body.Add("Where", [larger, _body.Add("Add", [row, start]), places]);
        _body.Input(round, GraphBuilder.Int64, []).Input(going, GraphBuilder.Bool, [])
            .Input(best, GraphBuilder.Float).Input(places, GraphBuilder.Int64);
        _body.Output(_body.Add("Identity", [going]), GraphBuilder.Bool, [])
            .Output(kept, GraphBuilder.Float).Output(place, GraphBuilder.Int64);
        if (Sums) AddSums(logits);

        string Part(string whole) => _body.Add("Slice", [whole, start, end, _body.Wholes(1)]);
    }

    private void AddSums(string logits)
    {
        string sums = _body.NewName(), weights = Activate(_body, _body.Cast(logits, GraphBuilder.Double));
        string more = _body.AddOverAxis("ReduceSum", weights, 1, AxesOfSums, keeps: false);
        _body.Input(sums, GraphBuilder.Double).Output(_body.Add("Add", [sums, more]), GraphBuilder.Double);
    }

    // The graph's own last nodes over some of the tokens.
    private string Logits(string tokens, Func<GraphNode, byte[]> fieldsOf)
    {
        string current = tokens, from = tail.Narrow;
        foreach (GraphNode node in tail.Nodes)
        {
            string output = _body.NewName();
            var copy = new ProtobufWriter();
            foreach (string input in node.Inputs) copy.Text(GraphNode.InputField, input == from ? current : input);
            copy.Text(GraphNode.OutputField, output);
            _body.Add(copy.Raw(fieldsOf(node)));
            (current, from) = (output, node.Outputs[0]);
        }

        return Halves ? _body.Cast(current, GraphBuilder.Float) : current;
    }

    private string Masked(string logits, string? mask) => mask is null ? logits : _body.Add("Where",
        [_body.AddOverAxis("Unsqueeze", mask, 2, AxesOfSums), logits, _body.Number(float.NegativeInfinity)]);

    // In double precision, as HeadSettings does it.
    private string Activate(GraphBuilder graph, string doubles)
    {
        string one = graph.Number(1d);
        string weights = graph.Add("Log", [graph.Add("Add", [graph.Add("Relu", [doubles]), one])]);
        return head.Activation == Activation.Log1pRelu ? weights : graph.Add("Log", [graph.Add("Add", [weights, one])]);
    }
}
