using System.Text.Json;
using SpladeLucene.Benchmarks.Reporting;
using SpladeLucene.Evaluation;
using SpladeLucene.Tool.Progress;

namespace SpladeLucene.Benchmarks.Collections;

/// <summary>
/// SPLADE vectors as JSON lines, Anserini's JsonVectorCollection: {"id": "..", "vector": {"term": weight, ..}}. Other
/// properties are passed over. Whole weights are impacts already, others are weights as a model gives them.
/// </summary>
internal static class VectorLines
{
    /// <summary>The vectors, in order. Empty lines are passed over; .gz is unpacked.</summary>
    /// <exception cref="MalformedLineException">A line is something else; the message names it.</exception>
    public static IEnumerable<IReadOnlyDictionary<string, int>> Read(string file) =>
        LineReader.Read(file, static (line, _) => Parse(line), onBadLine: null);

    /// <summary>Makes a collection of such a file. It is read twice: the terms stand before the documents.</summary>
    /// <exception cref="MalformedLineException">A line is something else; the message names it.</exception>
    public static void Convert(string source, string target, WorkProgress progress, CancellationToken cancellation)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        int documents = 0;
        foreach (IReadOnlyDictionary<string, int> vector in Read(source))
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (string term in vector.Keys) numbers.TryAdd(term, numbers.Count);
            progress.Report(++documents);
        }

        if (documents == 0) throw new InvalidDataException($"{source} has no vectors.");
        if (numbers.Count > ushort.MaxValue)
            throw new InvalidDataException($"{source} has {numbers.Count:N0} terms, more than {ushort.MaxValue:N0}.");
        using var writer = new SpvWriter(target, numbers.Keys, documents);
        foreach (IReadOnlyDictionary<string, int> vector in Read(source))
        {
            cancellation.ThrowIfCancellationRequested();
            KeyValuePair<string, int>[] ordered = [.. vector.OrderBy(entry => numbers[entry.Key])];
            writer.Add([.. ordered.Select(entry => numbers[entry.Key])],
                [.. ordered.Select(entry => (byte)Math.Min(entry.Value, ImpactQuantizer.MaxImpact))]);
        }

        writer.Finish();
    }

    private static Dictionary<string, int> Parse(string line)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(line);
            if (json.RootElement.ValueKind != JsonValueKind.Object
                || !json.RootElement.TryGetProperty("vector", out JsonElement vector)
                || vector.ValueKind != JsonValueKind.Object)
            {
                throw new FormatException("there is no object named \"vector\"");
            }

            return Weights(vector);
        }
        catch (JsonException problem)
        {
            throw new FormatException($"not JSON: {problem.Message}");
        }
        catch (InvalidOperationException)
        {
            throw new FormatException("a term is no text: it has half of a surrogate pair");
        }
    }

    private static Dictionary<string, int> Weights(JsonElement vector)
    {
        var weights = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (JsonProperty entry in vector.EnumerateObject())
        {
            int weight = Weight(entry);
            if (entry.Name.Length == 0) throw new FormatException("a term is empty");
            if (weight > 0 && !weights.TryAdd(entry.Name, weight))
                throw new FormatException($"the term '{entry.Name}' stands there twice");
        }

        return weights;
    }

    private static int Weight(JsonProperty entry)
    {
        if (entry.Value.ValueKind == JsonValueKind.Number)
        {
            if (entry.Value.TryGetInt32(out int whole) && whole >= 0) return whole;
            if (entry.Value.TryGetDouble(out double weight) && weight is >= 0 and <= 1e6)
                return (int)Math.Round(weight * (256 / ImpactQuantizer.DefaultRange));
        }

        throw new FormatException($"the weight of '{entry.Name}' is {entry.Value}, not a number from 0 to 1,000,000");
    }
}
