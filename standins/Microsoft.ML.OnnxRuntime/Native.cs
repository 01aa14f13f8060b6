using System.Runtime.InteropServices;
using System.Text;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>The loaded library, its table of functions, and the few objects that live as long as the process.</summary>
internal static unsafe class Native
{
    public static readonly OrtApi* Api = LoadApi();

    // One environment a process: the library counts references and would hand out the same one again.
    public static readonly nint Environment = CreateEnvironment();

    public static readonly nint CpuMemory =
        Created(static made => Api->CreateCpuMemoryInfo(ArenaAllocator, DefaultMemory, made));

    private const int WarningLevel = 2;
    private const int ArenaAllocator = 1;
    private const int DefaultMemory = 0;

    private delegate nint Creator(nint* made);

    /// <summary>Throws what a status says went wrong, and releases it. No status means success.</summary>
    public static void Check(nint status)
    {
        if (status == 0) return;
        try
        {
            throw new OnnxRuntimeException((ErrorCode)Api->GetErrorCode(status), Text(Api->GetErrorMessage(status)));
        }
        finally
        {
            Api->ReleaseStatus(status);
        }
    }

    public static string Text(byte* text) => Marshal.PtrToStringUTF8((nint)text) ?? "";

    private static nint Created(Creator create)
    {
        nint made;
        Check(create(&made));
        return made;
    }

    private static nint CreateEnvironment()
    {
        fixed (byte* name = "CSharpOnnxRuntime\0"u8)
        {
            nint made;
            Check(Api->CreateEnv(WarningLevel, name, &made));
            return made;
        }
    }

    private static OrtApi* LoadApi()
    {
        nint library = NativeLibrary.Load(Locate());
        var getBase = (delegate* unmanaged<nint*>)NativeLibrary.GetExport(library, "OrtGetApiBase");
        // OrtApiBase is two pointers: GetApi, GetVersionString.
        var getApi = (delegate* unmanaged<uint, OrtApi*>)getBase()[0];
        OrtApi* api = getApi(OrtApi.Version);
        return api != null ? api : throw new DllNotFoundException(
            $"The ONNX Runtime library does not have version {OrtApi.Version} of its interface.");
    }

    private static string Locate()
    {
        (string platform, string name) = OperatingSystem.IsWindows() ? ("win", "onnxruntime.dll")
            : OperatingSystem.IsMacOS() ? ("osx", "libonnxruntime.dylib") : ("linux", "libonnxruntime.so");
        string rid = $"{platform}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
        string[] candidates =
        [
            Path.Combine(AppContext.BaseDirectory, "runtimes", rid, "native", name),
            Path.Combine(AppContext.BaseDirectory, name),
        ];
        return Array.Find(candidates, File.Exists) ?? throw new DllNotFoundException(
            $"The ONNX Runtime library was found neither at {string.Join(" nor at ", candidates)}.");
    }
}
