namespace SpladeLucene.Tests;

/// <summary>Keeps what is reported, at once: <see cref="Progress{T}"/> reports on other threads, later.</summary>
internal sealed class Collector<T>(List<T> seen) : IProgress<T>
{
    public void Report(T value) => seen.Add(value);
}
