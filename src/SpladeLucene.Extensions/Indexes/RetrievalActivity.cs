using System.Diagnostics;

namespace SpladeLucene.Indexes;

/// <summary>A search as OpenTelemetry's conventions for generative AI call it: <c>retrieval {data source}</c>.</summary>
internal static class RetrievalActivity
{
    // The same name as the plug-in's, so that who listens to one listens to both.
    private static readonly ActivitySource Source = new(SpladeTelemetry.Name);

    /// <summary>Begins one, where somebody listens.</summary>
    /// <param name="source">The index or collection.</param>
    /// <param name="model">The encoder's name.</param>
    /// <param name="count">How many hits are wanted.</param>
    /// <param name="mode">What the search goes by.</param>
    /// <param name="text">The query's text; null where that isn't to be told.</param>
    public static Activity? Start(string source, string model, int count, SpladeSearchMode mode, string? text)
    {
        Activity? activity = Source.StartActivity($"retrieval {source}", ActivityKind.Internal)
            ?.SetTag("gen_ai.operation.name", "retrieval").SetTag("gen_ai.data_source.id", source)
            .SetTag("gen_ai.request.model", model)
            .SetTag("gen_ai.retrieval.top_k", count).SetTag("splade.mode", mode.ToString());
        return text is null ? activity : activity?.SetTag("gen_ai.retrieval.query.text", text);
    }

    public static void Found(Activity? activity, int hits, bool wordsAlone) => activity
        ?.SetTag("splade.hits", hits).SetTag("splade.words_alone", wordsAlone);

    public static void Failed(Activity? activity, Exception problem) => activity
        ?.SetStatus(ActivityStatusCode.Error, problem.Message).SetTag("error.type", problem.GetType().FullName);
}
