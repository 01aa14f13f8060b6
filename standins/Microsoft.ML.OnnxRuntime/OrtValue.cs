using System.Buffers;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Microsoft.ML.OnnxRuntime;

public unsafe class OrtValue : IDisposable
{
    private MemoryHandle _pinned;

    internal OrtValue(nint handle) => Handle = handle;

    private OrtValue(nint handle, MemoryHandle pinned) : this(handle) => _pinned = pinned;

    internal nint Handle { get; private set; }

    /// <summary>A tensor over the array itself, which stays pinned until the value is disposed.</summary>
    public static OrtValue CreateTensorValueFromMemory<T>(T[] data, long[] shape) where T : unmanaged
    {
        long size = shape.Aggregate(1L, static (product, dimension) => checked(product * dimension));
        if (size > data.Length)
        {
            throw new OnnxRuntimeException(ErrorCode.InvalidArgument,
                $"Managed memory size: {data.Length} elements is less than shape size: {size} elements");
        }

        TensorElementType type = ElementTypeOf<T>();
        MemoryHandle pinned = data.AsMemory().Pin();
        try
        {
            nint made;
            fixed (long* dimensions = shape)
            {
                Native.Check(Native.Api->CreateTensorWithData(Native.CpuMemory, pinned.Pointer,
                    (nuint)((long)data.Length * sizeof(T)), dimensions, (nuint)shape.Length, (int)type, &made));
            }

            return new OrtValue(made, pinned);
        }
        catch
        {
            pinned.Dispose();
            throw;
        }
    }

    public ReadOnlySpan<T> GetTensorDataAsSpan<T>() where T : unmanaged
    {
        (TensorElementType type, long[] shape) = Describe();
        if (type != ElementTypeOf<T>())
        {
            throw new OnnxRuntimeException(ErrorCode.InvalidArgument,
                $"Requested type: {typeof(T)} does not match the actual type: {type}");
        }

        void* data;
        Native.Check(Native.Api->GetTensorMutableData(Handle, &data));
        long count = shape.Aggregate(1L, static (product, dimension) => product * dimension);
        return new ReadOnlySpan<T>(data, checked((int)count));
    }

    public OrtTensorTypeAndShapeInfo GetTensorTypeAndShape() => new(Describe());

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    ~OrtValue() => Dispose(disposing: false);

    protected virtual void Dispose(bool disposing)
    {
        if (Handle == 0) return;
        Native.Api->ReleaseValue(Handle);
        Handle = 0;
        _pinned.Dispose();
    }

    private (TensorElementType Type, long[] Shape) Describe()
    {
        ObjectDisposedException.ThrowIf(Handle == 0, this);
        nint info;
        Native.Check(Native.Api->GetTensorTypeAndShape(Handle, &info));
        try
        {
            return (TensorInfo.ElementType(info), TensorInfo.Shape(info));
        }
        finally
        {
            Native.Api->ReleaseTensorTypeAndShapeInfo(info);
        }
    }

    private static TensorElementType ElementTypeOf<T>() => default(T) switch
    {
        float => TensorElementType.Float,
        int => TensorElementType.Int32,
        long => TensorElementType.Int64,
        _ => throw new OnnxRuntimeException(ErrorCode.InvalidArgument, $"Tensor of type: {typeof(T)} is not supported"),
    };
}
