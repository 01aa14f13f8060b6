namespace SpladeLucene.TestSupport;

/// <summary>Keeps what is reported, at once: <see cref="Progress{T}"/> reports on other threads, later.</summary>
public sealed class Collector<T>(List<T> seen) : IProgress<T>
{
    public void Report(T value) => seen.Add(value);
}
