using System.Runtime.InteropServices;

namespace Microsoft.ML.OnnxRuntime;

public unsafe class RunOptions : SafeHandle
{
    private bool _terminate;

    public RunOptions() : base(0, ownsHandle: true)
    {
        nint made;
        Native.Check(Native.Api->CreateRunOptions(&made));
        SetHandle(made);
    }

    public override bool IsInvalid => handle == 0;

    /// <summary>Set from another thread, it ends a run that goes on with these options: that run throws.</summary>
    public bool Terminate
    {
        get => _terminate;
        set
        {
            if (value == _terminate) return;
            if (value) Native.Check(Native.Api->RunOptionsSetTerminate(handle));
            else Native.Check(Native.Api->RunOptionsUnsetTerminate(handle));
            _terminate = value;
        }
    }

    internal nint Handle => handle;

    protected override bool ReleaseHandle()
    {
        Native.Api->ReleaseRunOptions(handle);
        handle = 0;
        return true;
    }
}
