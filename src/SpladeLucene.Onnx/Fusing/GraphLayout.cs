using SpladeLucene.Onnx.Folder;
using SpladeLucene.Onnx.Graph;

namespace SpladeLucene.Onnx.Fusing;

/// <summary>
/// What stands where in a graph's file: enough to take nodes and outputs out and to put others in, without reading tensors.
/// The numbers are the field numbers of onnx.proto.
/// </summary>
internal sealed class GraphLayout
{
    private const int GraphField = 7, OperatorSetField = 8;
    private const int NodeField = 1, InitializerField = 5, InputField = 11, OutputField = 12, SparseField = 15;

    private readonly Dictionary<string, GraphNode> _producers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> _constant = new(StringComparer.Ordinal);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    private GraphLayout()
    {
    }

    /// <summary>The version of ONNX's own operators.</summary>
    public int OperatorSet { get; private set; }

    public IReadOnlyCollection<GraphNode> Nodes { get; private set; } = [];

    /// <summary>The field of the graph in the file.</summary>
    public ProtobufField Graph { get; private set; }

    /// <summary>The fields of the graph's outputs.</summary>
    public IReadOnlyList<ProtobufField> Outputs { get; private set; } = [];

    /// <exception cref="ModelLoadException">The file is damaged.</exception>
    public static GraphLayout Read(string path)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            var layout = new GraphLayout();
            var model = new ProtobufReader(stream, stream.Length);
            foreach (ProtobufField field in model.All())
            {
                if (field.Number == GraphField) layout.ReadGraph(field, model.Content(field));
                if (field.Number == OperatorSetField) layout.ReadOperators(model.Content(field));
            }

            return layout;
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new ModelLoadException(path, e.Message, "a complete ONNX model", e);
        }
    }

    /// <summary>The node that puts this tensor out; null where it goes in.</summary>
    public GraphNode? ProducerOf(string tensor) => _producers.GetValueOrDefault(tensor);

    /// <summary>Whether a tensor of this name is there.</summary>
    public bool Has(string tensor) => _names.Contains(tensor);

    /// <summary>Whether a tensor is the same in every run.</summary>
    public bool IsConstant(string tensor)
    {
        // Tensors are met in the order of the nodes, inputs before outputs, so that this goes no deeper than one node.
        if (_constant.TryGetValue(tensor, out bool known)) return known;
        bool constant = _producers.TryGetValue(tensor, out GraphNode? node) && !node.HasGraph && !node.IsRandom
            && node.Inputs.All(input => input.Length == 0 || IsConstant(input));
        return _constant[tensor] = constant;
    }

    private void ReadGraph(ProtobufField field, ProtobufReader graph)
    {
        Graph = field;
        var nodes = new List<GraphNode>();
        var outputs = new List<ProtobufField>();
        foreach (ProtobufField part in graph.All())
        {
            if (part.Number == NodeField) nodes.Add(GraphNode.Read(part, graph.Content(part)));
            if (part.Number == OutputField) outputs.Add(part);
            if (part.Number is InitializerField or InputField or SparseField) ReadName(part.Number, graph.Content(part));
        }

        (Nodes, Outputs) = (nodes, outputs);
        foreach (GraphNode node in nodes)
        {
            _names.UnionWith(node.Outputs);
            foreach (string output in node.Outputs) _producers[output] = node;
            foreach (string output in node.Outputs) IsConstant(output);
        }
    }

    // Old files list initializers among the inputs too.
    private void ReadName(int kind, ProtobufReader message)
    {
        int nameField = kind switch { InitializerField => 8, InputField => 1, _ => 0 };
        foreach ((int field, ProtobufReader content) in message.Fields())
        {
            if (field != nameField) continue;
            string name = content.Text();
            _names.Add(name);
            _constant[name] = kind == InitializerField || _constant.GetValueOrDefault(name);
        }
    }

    private void ReadOperators(ProtobufReader message)
    {
        const int Domain = 1, Version = 2;
        string domain = "";
        long version = 0;
        foreach (ProtobufField field in message.All())
        {
            if (field.Number == Domain) domain = message.Content(field).Text();
            if (field.Number == Version) version = field.Value;
        }

        if (domain is "" or GraphNode.OwnDomain) OperatorSet = (int)Math.Min(version, int.MaxValue);
    }
}

/// <summary>A node of a graph, and where it stands in the file.</summary>
/// <param name="Place">Its field.</param>
/// <param name="Operation">What it does.</param>
/// <param name="Domain">Whose operation that is.</param>
/// <param name="Inputs">The tensors that go in, empty where one is left out.</param>
/// <param name="Outputs">The tensors that come out.</param>
/// <param name="Uses">The tensors that it needs, those of graphs within it included.</param>
internal sealed record GraphNode(ProtobufField Place, string Operation, string Domain,
    IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs, HashSet<string> Uses)
{
    /// <summary>What the domain of ONNX's own operators is called where it isn't empty.</summary>
    public const string OwnDomain = "ai.onnx";

    /// <summary>The field numbers of NodeProto.</summary>
    public const int InputField = 1, OutputField = 2, NameField = 3, OperationField = 4, AttributeField = 5, DomainField = 7;

    /// <summary>Whether there are graphs within it.</summary>
    public bool HasGraph { get; private init; }

    /// <summary>Whether it is one of ONNX's own operators.</summary>
    public bool IsOwn => Domain is "" or OwnDomain;

    /// <summary>Whether it puts out something else in each run.</summary>
    public bool IsRandom => Operation.StartsWith("Random", StringComparison.Ordinal) || Operation is "Multinomial" or "Bernoulli";

    public static GraphNode Read(ProtobufField place, ProtobufReader node)
    {
        string operation = "", domain = "";
        List<string> inputs = [], outputs = [];
        var within = new HashSet<string>(StringComparer.Ordinal);
        bool hasGraph = false;
        foreach (ProtobufField field in node.All())
        {
            if (!field.IsMessage) continue;
            ProtobufReader content = node.Content(field);
            switch (field.Number)
            {
                case InputField: inputs.Add(content.Text()); break;
                case OutputField: outputs.Add(content.Text()); break;
                case OperationField: operation = content.Text(); break;
                case DomainField: domain = content.Text(); break;
                case AttributeField: hasGraph |= ReadGraphs(content, within); break;
            }
        }

        within.UnionWith(inputs);
        return new GraphNode(place, operation, domain, inputs, outputs, within) { HasGraph = hasGraph };
    }

    private static bool ReadGraphs(ProtobufReader attribute, HashSet<string> uses)
    {
        const int OneGraph = 6, Graphs = 11, Node = 1;
        bool any = false;
        foreach ((int kind, ProtobufReader graph) in attribute.Fields())
        {
            if (kind is not (OneGraph or Graphs)) continue;
            any = true;
            foreach (ProtobufField part in graph.All())
            {
                if (part.Number == Node) uses.UnionWith(Read(part, graph.Content(part)).Uses);
            }
        }

        return any;
    }
}
