namespace SpladeLucene.Onnx.Heads;

/// <summary>What turns a logit into a weight. Both grow with the logit and are 0 where it is not positive.</summary>
internal enum Activation
{
    /// <summary>log(1 + ReLU(x)).</summary>
    Log1pRelu,

    /// <summary>log(1 + log(1 + ReLU(x))): OpenSearch's doc-v3 models.</summary>
    Log1pLog1pRelu,
}
