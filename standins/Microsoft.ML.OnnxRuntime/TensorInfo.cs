using Microsoft.ML.OnnxRuntime.Tensors;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>What the library's OrtTensorTypeAndShapeInfo says.</summary>
internal static unsafe class TensorInfo
{
    public static long[] Shape(nint info)
    {
        nuint rank;
        Native.Check(Native.Api->GetDimensionsCount(info, &rank));
        long[] shape = new long[rank];
        fixed (long* first = shape) Native.Check(Native.Api->GetDimensions(info, first, rank));
        return shape;
    }

    public static TensorElementType ElementType(nint info)
    {
        int type;
        Native.Check(Native.Api->GetTensorElementType(info, &type));
        return (TensorElementType)type;
    }
}
