namespace SpladeLucene.Onnx.Heads;

/// <summary>Pooling and activation, which a graph of logits leaves to its reader and splade.json names.</summary>
internal sealed record HeadSettings(Pooling Pooling, Activation Activation)
{
    public static readonly HeadSettings Default = new(Pooling.Max, Activation.Log1pRelu);

    /// <summary>As in a fingerprint.</summary>
    public string Name => (Pooling == Pooling.Max ? "max-" : "sum-")
        + (Activation == Activation.Log1pRelu ? "log1p-relu" : "log1p-log1p-relu");

    /// <summary>The weight of a positive logit.</summary>
    // In double precision log(1 + x) is exact enough for the smallest x that matters.
    public double WeightOf(double logit)
    {
        double weight = Math.Log(1 + logit);
        return Activation == Activation.Log1pRelu ? weight : Math.Log(1 + weight);
    }
}
