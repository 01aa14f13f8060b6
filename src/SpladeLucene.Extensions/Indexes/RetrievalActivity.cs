using System.Diagnostics;

namespace SpladeLucene.Indexes;

/// <summary>A search as OpenTelemetry's conventions for generative AI call it: <c>retrieval {data source}</c>.</summary>
internal static class RetrievalActivity
{
    // The same name as the plug-in's, so that who listens to one listens to both.
    private static readonly ActivitySource Source = new(SpladeTelemetry.Name);

    public static Activity? Start(SpladeIndex index, string text, SpladeSearchRequest request)
    {
        Activity? activity = Source.StartActivity($"retrieval {index.Name}", ActivityKind.Internal)
            ?.SetTag("gen_ai.operation.name", "retrieval").SetTag("gen_ai.data_source.id", index.Name)
            .SetTag("gen_ai.request.model", index.Definition.Encoder.Fingerprint.Name)
            .SetTag("gen_ai.request.top_k", request.Count).SetTag("splade.mode", request.Mode.ToString());
        return index.Options.TraceTexts ? activity?.SetTag("gen_ai.retrieval.query.text", text) : activity;
    }

    public static void Found(Activity? activity, SpladeSearchResult found) => activity
        ?.SetTag("splade.hits", found.TotalHits).SetTag("splade.words_alone", found.MeaningFailure is not null);
}
