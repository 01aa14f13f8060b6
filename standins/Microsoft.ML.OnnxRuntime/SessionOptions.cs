using System.Runtime.InteropServices;

namespace Microsoft.ML.OnnxRuntime;

public unsafe class SessionOptions : SafeHandle
{
    private int _intraOpNumThreads;

    public SessionOptions() : base(0, ownsHandle: true)
    {
        nint made;
        Native.Check(Native.Api->CreateSessionOptions(&made));
        SetHandle(made);
    }

    public override bool IsInvalid => handle == 0;

    /// <summary>0 lets the runtime choose.</summary>
    public int IntraOpNumThreads
    {
        get => _intraOpNumThreads;
        set
        {
            Native.Check(Native.Api->SetIntraOpNumThreads(handle, value));
            _intraOpNumThreads = value;
        }
    }

    internal nint Handle => handle;

    protected override bool ReleaseHandle()
    {
        Native.Api->ReleaseSessionOptions(handle);
        handle = 0;
        return true;
    }
}
