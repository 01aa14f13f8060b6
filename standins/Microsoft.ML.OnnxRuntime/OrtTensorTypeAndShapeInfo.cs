namespace Microsoft.ML.OnnxRuntime;

public struct OrtTensorTypeAndShapeInfo
{
    internal OrtTensorTypeAndShapeInfo(long[] shape) => Shape = shape;

    public long[] Shape { get; }
}
