using System.Diagnostics.Metrics;

namespace SpladeLucene.Telemetry;

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
    public static void Written(string index, SpladeWriteResult before, SpladeWriteResult after) => Written(index,
        after.Documents - before.Documents, after.WithoutVector - before.WithoutVector, after.EmptyVectors - before.EmptyVectors);

    /// <summary>A batch was written.</summary>
    /// <param name="index">The index or collection.</param>
    /// <param name="documents">How many documents.</param>
    /// <param name="failed">How many of them the encoder failed for.</param>
    /// <param name="empty">How many the model has no term for.</param>
    public static void Written(string index, long documents, long failed, long empty)
    {
        KeyValuePair<string, object?> tag = new("splade.index", index);
        Documents.Add(documents, tag);
        Count(failed, "encoder_failed");
        Count(empty, "no_terms");

        void Count(long without, string reason)
        {
            if (without > 0) WithoutVector.Add(without, tag, new("reason", reason));
        }
    }
}
