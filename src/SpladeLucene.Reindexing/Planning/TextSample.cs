namespace SpladeLucene.Reindexing.Planning;

/// <summary>
/// Texts drawn evenly from a stream of unknown length
/// (<see href="https://doi.org/10.1145/3147.3165">Vitter, 1985, algorithm R</see>). Two runs draw the same.
/// </summary>
internal sealed class TextSample(int size)
{
    private const int Seed = 1985;

    // No secret depends on it.
#pragma warning disable CA5394
    private readonly Random _random = new(Seed);
    private readonly List<SampledText> _texts = [];
    private long _seen;

    public IReadOnlyList<SampledText> Texts => _texts;

    public void Add(string text, string segment, int document)
    {
        long place = _seen < size ? _seen : _random.NextInt64(_seen + 1);
        _seen++;
        if (place >= size) return;
        var drawn = new SampledText(text, segment, document);
        if (place == _texts.Count) _texts.Add(drawn);
        else _texts[(int)place] = drawn;
    }
#pragma warning restore CA5394
}

/// <summary>A text of a sample, and the document that it is of.</summary>
internal readonly record struct SampledText(string Text, string Segment, int Document);
