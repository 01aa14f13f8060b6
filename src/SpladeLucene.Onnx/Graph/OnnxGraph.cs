using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using SpladeLucene.Onnx.Batching;

namespace SpladeLucene.Onnx.Graph;

/// <summary>What a run of a graph put out.</summary>
internal sealed class GraphRun(IDisposableReadOnlyCollection<OrtValue> outputs, Action end) : IDisposable
{
    private Action? _end = end;

    /// <summary>In the order in which they were asked for.</summary>
    public IReadOnlyList<OrtValue> Outputs { get; } = [.. outputs];

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _end, null) is not { } last) return;
        try
        {
            outputs.Dispose();
        }
        finally
        {
            last();
        }
    }
}

/// <summary>
/// A graph that is ready to run. Thread-safe; disposing it lets runs that go on end first, and refuses new ones.
/// </summary>
internal sealed class OnnxGraph : IDisposable
{
    private readonly InferenceSession _session;
    private readonly GraphSignature _signature;
    private int _running;
    private bool _disposed;

    private OnnxGraph(InferenceSession session, GraphSignature signature) =>
        (_session, _signature) = (session, signature);

    public GraphSignature Signature => _signature;

    /// <param name="path">The graph's file.</param>
    /// <param name="width">How wide its output has to be.</param>
    /// <param name="settings">How it is run.</param>
    /// <param name="kind">What its folder says that it is, for people; null where it says nothing.</param>
    /// <exception cref="ModelLoadException">The graph is damaged or not one that is understood.</exception>
    public static OnnxGraph Open(
        string path, OutputWidth width, OnnxSparseEncoderOptions settings, string? kind = null)
    {
        InferenceSession? session = null;
        try
        {
            using SessionOptions options = settings.NewSessionOptions();
            session = new InferenceSession(path, options);
            return new OnnxGraph(session, GraphSignature.Read(path, session, width, kind));
        }
        catch (OnnxRuntimeException e)
        {
            session?.Dispose();
            long length = new FileInfo(path).Length;
            throw new ModelLoadException(
                path, $"ONNX Runtime refuses these {length} bytes ({e.Message})", "a complete ONNX model", e);
        }
        catch
        {
            session?.Dispose();
            throw;
        }
    }

    /// <summary>Whether a run goes on at this moment.</summary>
    public bool IsRunning
    {
        get
        {
            lock (_session) return _running > 0;
        }
    }

    /// <summary>Runs the graph; what it puts out lives until it is disposed, and the graph as long.</summary>
    /// <exception cref="ObjectDisposedException">The graph was disposed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled, before the run or during it.</exception>
    public GraphRun Run(TokenBatch batch, IReadOnlyList<string> outputs, CancellationToken cancellationToken)
    {
        Enter();
        try
        {
            return new GraphRun(RunSession(batch, outputs, cancellationToken), Leave);
        }
        catch
        {
            Leave();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_session)
        {
            if (_disposed) return;
            _disposed = true;
            if (_running > 0) return;
        }

        _session.Dispose();
    }

    private IDisposableReadOnlyCollection<OrtValue> RunSession(
        TokenBatch batch, IReadOnlyList<string> outputs, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        OrtValue[] inputs = [.. _signature.Inputs.Select(input => Tensor(input, batch))];
        using var options = new RunOptions();
        using CancellationTokenRegistration registration = cancellationToken.Register(() => options.Terminate = true);
        try
        {
            return _session.Run(options, [.. _signature.Inputs.Select(input => input.Name)], inputs, outputs);
        }
        catch (OnnxRuntimeException e) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException("The run was cancelled.", e, cancellationToken);
        }
        finally
        {
            foreach (OrtValue input in inputs) input.Dispose();
        }
    }

    private static OrtValue Tensor(GraphInput input, TokenBatch batch)
    {
        long[] numbers = input.Kind switch
        {
            InputKind.Ids => batch.Ids,
            InputKind.Mask => batch.Mask,
            InputKind.Places => batch.Places(),
            _ => new long[batch.Ids.Length],
        };
        return input.Type == TensorElementType.Int64 ? OrtValue.CreateTensorValueFromMemory(numbers, batch.Shape)
            : OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(numbers, number => (int)number), batch.Shape);
    }

    private void Enter()
    {
        lock (_session)
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(OnnxSparseEncoder));
            _running++;
        }
    }

    private void Leave()
    {
        lock (_session)
        {
            if (--_running > 0 || !_disposed) return;
        }

        _session.Dispose();
    }
}
