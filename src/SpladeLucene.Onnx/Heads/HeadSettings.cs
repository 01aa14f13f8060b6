namespace SpladeLucene.Onnx.Heads;

/// <summary>Pooling and activation, which a graph of logits leaves to its reader and splade.json names.</summary>
internal sealed record HeadSettings(Pooling Pooling, Activation Activation)
{
    /// <summary>That of BGE-M3, which leaves nothing to its reader.</summary>
    public static readonly HeadSettings TokenWeights = new(Pooling.Max, Activation.Relu);

    /// <summary>As in a fingerprint.</summary>
    public string Name => (Pooling == Pooling.Max ? "max-" : "sum-") + Activation switch
    {
        Activation.Log1pRelu => "log1p-relu",
        Activation.Log1pLog1pRelu => "log1p-log1p-relu",
        _ => "token-relu",
    };

    /// <summary>The weight of a positive logit.</summary>
    // In double precision log(1 + x) is exact enough for the smallest x that matters.
    public double WeightOf(double logit)
    {
        double weight = Math.Log(1 + logit);
        return Activation == Activation.Log1pRelu ? weight : Math.Log(1 + weight);
    }
}

/// <summary>How the rows of a text's logits become one.</summary>
internal enum Pooling
{
    /// <summary>The largest of each column: SPLADE v2 and later.</summary>
    Max,

    /// <summary>Their sum: SPLADE v1, equation 2 of arXiv:2107.05720.</summary>
    Sum,
}

/// <summary>What turns a logit into a weight. Both grow with the logit and are 0 where it is not positive.</summary>
internal enum Activation
{
    /// <summary>log(1 + ReLU(x)).</summary>
    Log1pRelu,

    /// <summary>log(1 + log(1 + ReLU(x))): OpenSearch's doc-v3 models.</summary>
    Log1pLog1pRelu,

    /// <summary>ReLU(x) of what a token itself weighs: BGE-M3.</summary>
    Relu,
}
