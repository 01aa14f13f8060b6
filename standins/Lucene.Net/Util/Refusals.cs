namespace Lucene.Net.Util;

// The exceptions that the published library throws under names of its own.
internal static class Refusals
{
    internal static ObjectDisposedException AlreadyClosed(object closed) =>
        new(closed.GetType().FullName, $"This {closed.GetType().Name} is closed.");

    internal static NotSupportedException Unsupported(string reason) => new(reason);

    internal static InvalidOperationException IllegalState(string reason) => new(reason);
}
