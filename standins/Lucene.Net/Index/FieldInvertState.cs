namespace Lucene.Net.Index;

// What a similarity can make a document's norm of: how a field of it was inverted.
public sealed class FieldInvertState
{
    internal FieldInvertState(string name)
    {
        Name = name;
    }

    public string Name { get; }

    // The number of tokens, and how many of them share the position of the token before them.
    public int Length { get; set; }

    public int NumOverlap { get; set; }

    public float Boost { get; set; } = 1f;

    internal int Position { get; set; }

    internal int Offset { get; set; }
}
