namespace SpladeLucene.Onnx.Graph;

internal enum OutputKind
{
    /// <summary>Float [texts, tokens, vocabulary].</summary>
    Logits,

    /// <summary>Float [texts, vocabulary], and perhaps the winning positions in the same shape.</summary>
    Pooled,

    /// <summary>Ids of entries, and their weights.</summary>
    Indexed,
}
