using Microsoft.Extensions.Diagnostics.HealthChecks;
using SpladeLucene.Health;
using SpladeLucene.Indexes;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds checks of indexes with a SPLADE field.</summary>
public static class SpladeHealthChecksBuilderExtensions
{
    /// <summary>
    /// Adds a check of an index that <c>AddSpladeIndex</c> registers. It encodes one text, past any cache, compares the models of
    /// the documents' vectors with the encoder's, and counts the documents without a vector, which takes a walk over one posting
    /// a document. Unhealthy: the encoder fails, vectors are another model's, or a refresh or commit failed. Degraded: the
    /// encoder fails and searches go on with words alone, or documents have no vector. Its data: <c>model</c>,
    /// <c>documents</c>, <c>withoutVector</c>, <c>impactBytes</c> on the heap and <c>impactMappedBytes</c> in mapped files.
    /// </summary>
    /// <param name="builder">The application's health checks.</param>
    /// <param name="index">The name of the index.</param>
    /// <param name="name">The name of the check; null for <c>splade:{index}</c>.</param>
    /// <param name="failureStatus">What is reported in the place of unhealthy; null for that.</param>
    /// <param name="tags">Tags to filter checks by; null for none.</param>
    /// <param name="timeout">How long the check may take; null for as long as it takes.</param>
    public static IHealthChecksBuilder AddSpladeIndex(this IHealthChecksBuilder builder, string index, string? name = null,
        HealthStatus? failureStatus = null, IEnumerable<string>? tags = null, TimeSpan? timeout = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(index);
        return builder.Add(new HealthCheckRegistration(name ?? $"splade:{index}",
            services => new SpladeHealthCheck(new IndexRegistration(index).Resolve(services)), failureStatus, tags, timeout));
    }
}
