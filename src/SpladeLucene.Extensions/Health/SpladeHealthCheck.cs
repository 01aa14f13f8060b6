using Lucene.Net.Index;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using SpladeLucene.Indexes;

namespace SpladeLucene.Health;

/// <summary>Asks an index what its searches need: an encoder that runs, vectors of its model, an upkeep that doesn't fail.</summary>
internal sealed class SpladeHealthCheck(SpladeIndex index) : IHealthCheck
{
    // Any text does that a model has terms for.
    private const string Text = "health";

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var problems = new Problems();
        var data = new Dictionary<string, object>(StringComparer.Ordinal);
        await EncodeAsync(problems, cancellationToken).ConfigureAwait(false);
        index.Read(searcher => Cover(searcher.IndexReader, problems, data));
        if (index.UpkeepFailure is { } failure)
            problems.Add(HealthStatus.Unhealthy, $"the last refresh or commit failed: {failure.Message}", failure);
        data["model"] = index.Definition.Encoder.Fingerprint.ToString();
        ImpactCacheStatistics impacts = index.Read(searcher => searcher.Options.Impacts.Statistics);
        (data["impactBytes"], data["impactMappedBytes"]) = (impacts.Bytes, impacts.MappedBytes);
        // No worse than the application that registered the check has it.
        HealthStatus status = problems.Worst == HealthStatus.Unhealthy ? context.Registration.FailureStatus : problems.Worst;
        return new HealthCheckResult(status, problems.Sentence(index.Name), problems.First, data);
    }

    // As a document, because queries may be remembered.
    private async Task EncodeAsync(Problems problems, CancellationToken cancellationToken)
    {
        try
        {
            await index.Definition.Encoder.EncodeAsync([Text], cancellationToken).ConfigureAwait(false);
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            // Searches go on, with fewer hits, only where the encoder's own failures are allowed for.
            bool degrades = index.WordsAloneOnFailure && problem is SparseEncodingException;
            problems.Add(degrades ? HealthStatus.Degraded : HealthStatus.Unhealthy,
                $"the encoder fails{(degrades ? " and words alone are searched for" : "")}: {problem.Message}", problem);
        }
    }

    private bool Cover(IndexReader reader, Problems problems, Dictionary<string, object> data)
    {
        try
        {
            SpladeCoverage coverage = SpladeCoverage.Of(reader, index.Definition.Name);
            int covered = coverage.With(Expected());
            (data["documents"], data["withoutVector"]) = (coverage.Documents, coverage.Without);
            if (coverage.Documents - coverage.Without > covered)
            {
                problems.Add(HealthStatus.Unhealthy,
                    $"{coverage.Documents - coverage.Without - covered} of {coverage.Documents} documents have vectors of another model");
            }

            if (coverage.Without > 0)
                problems.Add(HealthStatus.Degraded, $"{coverage.Without} of {coverage.Documents} documents have no vector");
            return true;
        }
        catch (Exception problem) when (problem is InvalidOperationException or IOException)
        {
            problems.Add(HealthStatus.Unhealthy, $"the index can't be read: {problem.Message}", problem);
            return false;
        }
    }

    private SpladeFingerprint Expected() => new(index.Definition.Encoder.Fingerprint,
        index.Definition.Format.Quantizer.Range, index.Definition.Format.Encoding);

    /// <summary>What was found, and the worst of it.</summary>
    private sealed class Problems
    {
        private readonly List<string> _sentences = [];

        public HealthStatus Worst { get; private set; } = HealthStatus.Healthy;

        public Exception? First { get; private set; }

        public void Add(HealthStatus status, string sentence, Exception? problem = null)
        {
            _sentences.Add(sentence.TrimEnd('.'));
            if (status < Worst) Worst = status;
            First ??= problem;
        }

        public string Sentence(string name) => _sentences.Count == 0
            ? $"The index '{name}' is searched by words and meaning." : $"The index '{name}': {string.Join("; ", _sentences)}.";
    }
}
