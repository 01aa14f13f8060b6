using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace SpladeLucene.Telemetry;

/// <summary>A search as OpenTelemetry's conventions call it: <c>retrieval {data source}</c>.</summary>
internal static class Retrieval
{
    private static readonly Histogram<double> Duration = GenAiOperation.Durations(
        "gen_ai.retrieval.duration", "How long searches of an index or a collection took, with the encoding of their queries.");

    /// <summary>Begins one.</summary>
    /// <param name="source">The index or collection.</param>
    /// <param name="model">The encoder's name.</param>
    /// <param name="count">How many hits are wanted.</param>
    /// <param name="mode">What the search goes by.</param>
    /// <param name="text">The query's text; null where that isn't to be told.</param>
    public static GenAiOperation Start(string source, string model, int count, SpladeSearchMode mode, string? text)
    {
        GenAiOperation started = GenAiOperation.Start("retrieval", source, model, Duration,
            new("gen_ai.data_source.id", source), new("splade.mode", mode.ToString()));
        started.Activity?.SetTag("gen_ai.retrieval.top_k", count);
        if (text is not null) started.Activity?.SetTag("gen_ai.retrieval.query.text", text);
        return started;
    }

    /// <summary>It ends with hits.</summary>
    /// <param name="retrieval">The search.</param>
    /// <param name="hits">How many were found.</param>
    /// <param name="meaningFailure">Why words alone were searched for, though the meaning was wanted too; null where it was.</param>
    public static void Found(this GenAiOperation retrieval, int hits, Exception? meaningFailure)
    {
        Activity? activity = retrieval.Activity?.SetTag("splade.hits", hits).SetTag("splade.words_alone", meaningFailure is not null);
        if (meaningFailure is not null)
            activity?.SetTag("error.type", meaningFailure.GetType().FullName).SetTag("error.message", meaningFailure.Message);
    }
}
