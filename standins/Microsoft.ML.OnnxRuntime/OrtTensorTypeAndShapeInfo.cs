using Microsoft.ML.OnnxRuntime.Tensors;

namespace Microsoft.ML.OnnxRuntime;

public struct OrtTensorTypeAndShapeInfo
{
    internal OrtTensorTypeAndShapeInfo((TensorElementType Type, long[] Shape) described) =>
        (ElementDataType, Shape) = described;

    public TensorElementType ElementDataType { get; }

    public long[] Shape { get; }
}
