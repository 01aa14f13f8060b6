namespace SpladeLucene.Onnx.Heads;

/// <summary>How the rows of a text's logits become one.</summary>
internal enum Pooling
{
    /// <summary>The largest of each column: SPLADE v2 and later.</summary>
    Max,

    /// <summary>Their sum: SPLADE v1, equation 2 of arXiv:2107.05720.</summary>
    Sum,
}
