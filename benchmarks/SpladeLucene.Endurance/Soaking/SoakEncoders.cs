using SpladeLucene.Models;
using SpladeLucene.Onnx;

namespace SpladeLucene.Endurance.Soaking;

/// <summary>
/// Encoders that are disposed while others encode with them: each call ends with the vector or with
/// <see cref="ObjectDisposedException"/>.
/// </summary>
internal sealed class SoakEncoders : IDisposable
{
    private const string Text = "a dog that runs in the park";

    private readonly SparseVector _expected;
    private volatile OnnxSparseEncoder _encoder;
    private long _encoded;

    public SoakEncoders()
    {
        _encoder = SpladeTinyEn.Load();
        _expected = _encoder.Encode(Text);
    }

    public long Encoded => Interlocked.Read(ref _encoded);

    public long Disposed { get; private set; }

    /// <summary>Encodes; from any thread.</summary>
    public void Encode()
    {
        try
        {
            if (!_encoder.Encode(Text).Equals(_expected)) throw new EnduranceException("An encoder gave another vector.");
            Interlocked.Increment(ref _encoded);
        }
        catch (ObjectDisposedException)
        {
            // It was taken away in flight.
        }
    }

    /// <summary>Puts a new encoder in the place of the old one. For one thread.</summary>
    public void Replace()
    {
        OnnxSparseEncoder old = _encoder, next = SpladeTinyEn.Load();
        old.Dispose();
        _encoder = next;
        Disposed++;
    }

    public void Dispose() => _encoder.Dispose();
}
