using System.Runtime.InteropServices;

namespace Microsoft.ML.OnnxRuntime;

public unsafe partial class InferenceSession
{
    public IDisposableReadOnlyCollection<OrtValue> Run(
        RunOptions runOptions, IReadOnlyDictionary<string, OrtValue> inputs, IReadOnlyCollection<string> outputNames)
    {
        ObjectDisposedException.ThrowIf(_handle == 0, this);
        foreach (string name in inputs.Keys) Known(_inputs, name, "Input");
        foreach (string name in outputNames) Known(_outputs, name, "Output");

        nint[] values = inputs.Values.Select(value => value.Handle).ToArray();
        nint[] results = new nint[outputNames.Count];
        nint[] names = Allocate(inputs.Keys.Concat(outputNames));
        try
        {
            fixed (nint* name = names, value = values, result = results)
            {
                Native.Check(Native.Api->Run(_handle, runOptions.Handle, name, value, (nuint)values.Length,
                    name + values.Length, (nuint)results.Length, result));
            }
        }
        finally
        {
            foreach (nint name in names) Marshal.FreeCoTaskMem(name);
            // The library reads the arrays behind these values while it runs.
            GC.KeepAlive(inputs);
        }

        var outputs = new OrtValues(results.Length);
        foreach (nint result in results) outputs.Add(new OrtValue(result));
        return outputs;
    }

    private static nint[] Allocate(IEnumerable<string> names) => names.Select(Marshal.StringToCoTaskMemUTF8).ToArray();

    private static void Known(Dictionary<string, NodeMetadata> nodes, string name, string kind)
    {
        if (!nodes.ContainsKey(name))
            throw new OnnxRuntimeException(ErrorCode.InvalidArgument, $"{kind} name: '{name}' is not in the metadata");
    }
}
