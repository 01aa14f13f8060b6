using System.Text;

namespace Microsoft.ML.OnnxRuntime;

public unsafe partial class InferenceSession : IDisposable
{
    private nint _handle;
    private readonly Dictionary<string, NodeMetadata> _inputs;
    private readonly Dictionary<string, NodeMetadata> _outputs;

    public InferenceSession(string modelPath, SessionOptions options)
    {
        _handle = Open(modelPath, options);
        OrtApi* api = Native.Api;
        _inputs = Describe(api->SessionGetInputCount, api->SessionGetInputName, api->SessionGetInputTypeInfo);
        _outputs = Describe(api->SessionGetOutputCount, api->SessionGetOutputName, api->SessionGetOutputTypeInfo);
    }

    public IReadOnlyDictionary<string, NodeMetadata> InputMetadata => _inputs;

    public IReadOnlyDictionary<string, NodeMetadata> OutputMetadata => _outputs;

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    ~InferenceSession() => Dispose(disposing: false);

    protected virtual void Dispose(bool disposing)
    {
        if (_handle == 0) return;
        Native.Api->ReleaseSession(_handle);
        _handle = 0;
    }

    // Paths are UTF-16 on Windows and UTF-8 elsewhere.
    private static nint Open(string path, SessionOptions options)
    {
        Encoding encoding = OperatingSystem.IsWindows() ? Encoding.Unicode : Encoding.UTF8;
        nint made;
        fixed (byte* first = encoding.GetBytes(path + '\0'))
        {
            Native.Check(Native.Api->CreateSession(Native.Environment, first, options.Handle, &made));
        }

        return made;
    }

    private Dictionary<string, NodeMetadata> Describe(
        delegate* unmanaged<nint, nuint*, nint> getCount,
        delegate* unmanaged<nint, nuint, nint, byte**, nint> getName,
        delegate* unmanaged<nint, nuint, nint*, nint> getType)
    {
        nint allocator;
        Native.Check(Native.Api->GetAllocatorWithDefaultOptions(&allocator));
        nuint count;
        Native.Check(getCount(_handle, &count));
        var described = new Dictionary<string, NodeMetadata>();
        for (nuint i = 0; i < count; i++)
        {
            byte* name;
            nint type;
            Native.Check(getName(_handle, i, allocator, &name));
            string key = Native.Text(name);
            Native.Check(Native.Api->AllocatorFree(allocator, name));
            Native.Check(getType(_handle, i, &type));
            described.Add(key, new NodeMetadata(type));
        }

        return described;
    }
}
