using System.Buffers.Binary;
using System.Text;

namespace SpladeLucene.Onnx.Tests.Support;

/// <summary>
/// Writes SentencePiece's table of characters: the size of a tree, the tree as darts-clone lays it out, and the texts
/// that its values point at, each with a zero behind it.
/// </summary>
internal static class CharacterMap
{
    public static byte[] Build((string From, string To)[] pairs)
    {
        var root = new Node();
        var texts = new MemoryStream();
        foreach ((string from, string to) in pairs)
        {
            Node node = root;
            foreach (byte label in Encoding.UTF8.GetBytes(from))
            {
                if (!node.Children.TryGetValue(label, out Node? child)) node.Children.Add(label, child = new Node());
                node = child;
            }

            node.Value = (int)texts.Length;
            texts.Write(Encoding.UTF8.GetBytes(to));
            texts.WriteByte(0);
        }

        var units = new List<uint> { 0 };
        Place(root, 0, units, ([], []));
        while (units.Count % 256 != 0) units.Add(0);
        byte[] bytes = new byte[sizeof(uint) * (units.Count + 1)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)(units.Count * sizeof(uint)));
        for (int i = 0; i < units.Count; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan((i + 1) * sizeof(uint)), units[i]);
        return [.. bytes, .. texts.ToArray()];
    }

    // A node's children lie at a place that no other node's do, or a label would lead to them too, each at that place XOR its
    // label; label 0 is the value.
    private static void Place(Node node, int at, List<uint> units, (HashSet<int> Units, HashSet<int> Places) taken)
    {
        taken.Units.Add(at);
        List<byte> labels = [.. node.Children.Keys];
        if (node.Value >= 0) labels.Add(0);
        int place = 1;
        while (taken.Places.Contains(place) || labels.Exists(label => taken.Units.Contains(place ^ label))) place++;
        taken.Places.Add(place);
        foreach (byte label in labels) taken.Units.Add(place ^ label);
        while (units.Count <= (place | 255)) units.Add(0);
        units[at] |= (uint)(place ^ at) << 10;
        if (node.Value >= 0)
        {
            units[at] |= 1 << 8;
            units[place] = 0x8000_0000 | (uint)node.Value;
        }

        foreach ((byte label, Node child) in node.Children)
        {
            units[place ^ label] = label;
            Place(child, place ^ label, units, taken);
        }
    }

    private sealed class Node
    {
        public SortedDictionary<byte, Node> Children { get; } = [];

        public int Value { get; set; } = -1;
    }
}
