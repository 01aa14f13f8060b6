using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using SpladeLucene.Tool.Importing;

namespace SpladeLucene.Tool.Exporting;

/// <summary>Counts what is written, tells how far it is, and sees that no id is there twice. Not thread-safe.</summary>
internal sealed class ExportTally(ToolConsole console)
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly ImportText _said = new(console, "Exporting");
    private readonly HashSet<Int128> _ids = [];
    private long _written, _empty, _terms;

    /// <summary>Counts a document.</summary>
    /// <exception cref="InvalidDataException">Its id is empty, or another document's too.</exception>
    public void Document(ExportSource source, string id, int terms)
    {
        if (id.Length == 0) throw new InvalidDataException("A document's id is empty; --id names another field.");
        if (!_ids.Add(HashOf(id))) throw new InvalidDataException($"The id '{id}' is that of two documents; --id names another field.");
        (long done, long all) = source.Progress;
        Add(terms, terms == 0, done, all);
    }

    /// <summary>Counts a query, one of so many.</summary>
    public void Query(int terms, bool isEmpty, int all) => Add(terms, isEmpty, _written + 1, all);

    /// <summary>Begins anew, but for the time.</summary>
    public void Restart()
    {
        (_written, _empty, _terms) = (0, 0, 0);
        _ids.Clear();
    }

    /// <summary>What was counted.</summary>
    /// <param name="bytes">The bytes, before they are packed.</param>
    /// <param name="range">The weight that would be the impact 256.</param>
    public ExportResult Result(long bytes, double range) => new(_written, _empty, _terms, bytes, range, _clock.Elapsed);

    private void Add(int terms, bool isEmpty, long done, long all)
    {
        if (isEmpty) _empty++;
        _terms += terms;
        _said.Progress(++_written, done, all, _clock.Elapsed);
    }

    private static Int128 HashOf(string id) => BitConverter.ToInt128(SHA256.HashData(Encoding.UTF8.GetBytes(id)));
}

/// <summary>What was written.</summary>
/// <param name="Vectors">How many documents or queries.</param>
/// <param name="Empty">How many of them have no term.</param>
/// <param name="Terms">The terms of all.</param>
/// <param name="Bytes">The bytes, before they are packed.</param>
/// <param name="Range">The weight that would be the impact 256.</param>
/// <param name="Elapsed">The time it took.</param>
internal sealed record ExportResult(long Vectors, long Empty, long Terms, long Bytes, double Range, TimeSpan Elapsed)
{
    /// <summary>How queries were weighed; null of documents.</summary>
    public QueryWeighing? Weighing { get; init; }
}

/// <summary>What a model says of its queries.</summary>
/// <param name="IdfExponent">What is in the weights.</param>
/// <param name="FloorShare">What is in the least scores.</param>
/// <param name="FusionWeight">The share beside BM25, which is in nothing; null where it isn't known.</param>
internal sealed record QueryWeighing(float IdfExponent, float FloorShare, float? FusionWeight);
