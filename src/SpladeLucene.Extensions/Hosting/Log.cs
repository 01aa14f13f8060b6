using Microsoft.Extensions.Logging;

namespace SpladeLucene.Hosting;

/// <summary>All that is logged. An event's id never changes its meaning.</summary>
internal static partial class Log
{
    public const string Category = "SpladeLucene";

    [LoggerMessage(1, LogLevel.Information, "The encoder '{Name}' is loaded in {Milliseconds} ms: {Fingerprint}")]
    public static partial void EncoderLoaded(ILogger logger, string name, ModelFingerprint fingerprint, long milliseconds);
}
