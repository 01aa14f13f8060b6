using System.Runtime.ExceptionServices;
using Microsoft.ML.OnnxRuntime;
using SpladeLucene.Onnx.Graph;

namespace SpladeLucene.Onnx.Batching;

/// <summary>A batch that went through the graph, or that the graph failed on.</summary>
internal sealed class BatchRun(TokenBatch batch, GraphRun? run, OnnxRuntimeException? failure) : IDisposable
{
    public TokenBatch Batch => batch;

    /// <summary>Whether the graph failed.</summary>
    public bool Failed => failure is not null;

    /// <summary>What came out.</summary>
    /// <exception cref="OnnxRuntimeException">The graph failed. It is thrown here, so that batches fail in their order.</exception>
    public IReadOnlyList<OrtValue> Outputs
    {
        get
        {
            if (failure is not null) ExceptionDispatchInfo.Throw(failure);
            return run!.Outputs;
        }
    }

    public void Dispose() => run?.Dispose();
}
