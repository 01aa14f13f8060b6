namespace Microsoft.ML.OnnxRuntime.Tensors;

public enum TensorElementType
{
    Float = 1,
    Int32 = 6,
    Int64 = 7,
}
