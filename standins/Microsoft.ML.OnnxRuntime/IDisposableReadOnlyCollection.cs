namespace Microsoft.ML.OnnxRuntime;

public interface IDisposableReadOnlyCollection<T> : IReadOnlyList<T>, IDisposable
{
}

internal sealed class OrtValues(int capacity) : List<OrtValue>(capacity), IDisposableReadOnlyCollection<OrtValue>
{
    public void Dispose()
    {
        foreach (OrtValue value in this) value.Dispose();
        Clear();
    }
}
