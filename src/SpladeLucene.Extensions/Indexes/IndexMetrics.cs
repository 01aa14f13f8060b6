using System.Diagnostics.Metrics;

namespace SpladeLucene.Indexes;

/// <summary>What indexes of an application count, beside what the plug-in does.</summary>
internal static class IndexMetrics
{
    // The same name as the plug-in's, so that who listens to one listens to both.
    private static readonly Meter Meter = new(SpladeTelemetry.Name);

    private static readonly Counter<long> Documents =
        Meter.CreateCounter<long>("splade.index.documents", "{document}", "Documents written.");

    private static readonly Counter<long> WithoutVector = Meter.CreateCounter<long>(
        "splade.index.documents.without_vector", "{document}", "Documents written that no search by meaning finds, by reason.");

    /// <summary>A batch was written.</summary>
    public static void Written(string index, SpladeWriteResult before, SpladeWriteResult after)
    {
        KeyValuePair<string, object?> tag = new("splade.index", index);
        Documents.Add(after.Documents - before.Documents, tag);
        Count(after.WithoutVector - before.WithoutVector, "encoder_failed");
        Count(after.EmptyVectors - before.EmptyVectors, "no_terms");

        void Count(long documents, string reason)
        {
            if (documents > 0) WithoutVector.Add(documents, tag, new("reason", reason));
        }
    }
}
