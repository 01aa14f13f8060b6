using Microsoft.Extensions.Logging;
using Directory = Lucene.Net.Store.Directory;

namespace SpladeLucene.Hosting;

/// <summary>All that is logged. An event's id never changes its meaning.</summary>
internal static partial class Log
{
    public const string Category = "SpladeLucene";

    [LoggerMessage(1, LogLevel.Information, "The encoder '{Name}' is loaded in {Milliseconds} ms: {Fingerprint}")]
    public static partial void EncoderLoaded(ILogger logger, string name, ModelFingerprint fingerprint, long milliseconds);

    [LoggerMessage(8, LogLevel.Information, "The encoder '{Name}' could be lighter: {Advice}.")]
    public static partial void EncoderIsHeavy(ILogger logger, string name, string advice);

    [LoggerMessage(2, LogLevel.Information, "The index '{Index}' is open in {Directory}, with {Documents} documents.")]
    public static partial void IndexOpened(ILogger logger, string index, Directory directory, int documents);

    [LoggerMessage(3, LogLevel.Debug, "The index '{Index}' is committed.")]
    public static partial void Committed(ILogger logger, string index);

    [LoggerMessage(4, LogLevel.Information, "The index '{Index}' is committed and closed.")]
    public static partial void IndexClosed(ILogger logger, string index);

    [LoggerMessage(5, LogLevel.Error, "The {What} of the index '{Index}' failed and will be tried again.")]
    public static partial void UpkeepFailed(ILogger logger, string index, string what, Exception problem);

    [LoggerMessage(6, LogLevel.Warning, "The encoder failed for a query of the index '{Index}': its words alone were searched for.")]
    public static partial void WordsAlone(ILogger logger, string index, Exception problem);

    [LoggerMessage(7, LogLevel.Warning,
        "The encoder failed for the document '{Key}' of the index '{Index}': it was written without a vector.")]
    public static partial void WrittenWithoutVector(ILogger logger, string index, string key, Exception problem);
}
