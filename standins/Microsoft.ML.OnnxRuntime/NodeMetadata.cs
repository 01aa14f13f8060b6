using Microsoft.ML.OnnxRuntime.Tensors;

namespace Microsoft.ML.OnnxRuntime;

public unsafe class NodeMetadata
{
    private const int TensorKind = 1;

    private readonly int[] _dimensions = [];
    private readonly TensorElementType _elementType;

    /// <summary>Reads the description of an input or output, and releases it.</summary>
    internal NodeMetadata(nint typeInfo)
    {
        try
        {
            int kind;
            Native.Check(Native.Api->GetOnnxTypeFromTypeInfo(typeInfo, &kind));
            IsTensor = kind == TensorKind;
            if (!IsTensor) return;
            nint tensor;
            Native.Check(Native.Api->CastTypeInfoToTensorInfo(typeInfo, &tensor));
            _dimensions = Array.ConvertAll(TensorInfo.Shape(tensor), dimension => (int)dimension);
            _elementType = TensorInfo.ElementType(tensor);
        }
        finally
        {
            Native.Api->ReleaseTypeInfo(typeInfo);
        }
    }

    public bool IsTensor { get; }

    /// <summary>−1 for a dimension that is not fixed.</summary>
    public int[] Dimensions => IsTensor ? _dimensions : throw NoTensor();

    public TensorElementType ElementDataType => IsTensor ? _elementType : throw NoTensor();

    private static OnnxRuntimeException NoTensor() =>
        new(ErrorCode.Fail, "OnnxValueType must either be a tensor or sparse tensor");
}
