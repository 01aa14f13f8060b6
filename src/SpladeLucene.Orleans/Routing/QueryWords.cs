using Lucene.Net.Analysis;
using Lucene.Net.Search;
using SpladeLucene.Wire;

namespace SpladeLucene.Routing;

/// <summary>Makes words of texts where the index has words. Thread-safe.</summary>
internal sealed class QueryWords(SpladeClusterOptions options)
{
    // As long as the application, like the cluster's address.
    private readonly Analyzer? _analyzer = options.AnalyzerFactory?.Invoke();

    /// <summary>A document's; null where the index has none.</summary>
    public TextWords? Count(string text) => _analyzer is null ? null : TextWords.Of(text, _analyzer);

    /// <summary>What a query asks for, each word once; of a very long one the first, as many as a query of Lucene takes.</summary>
    /// <exception cref="InvalidOperationException">The index has no words.</exception>
    public string[] Of(string text) => _analyzer is null
        ? throw new InvalidOperationException($"The index '{options.Name}' has no words: set {nameof(options.AnalyzerFactory)} before it is written.")
        : [.. TextWords.Of(text, _analyzer).Counts.Select(word => word.Key).Take(BooleanQuery.MaxClauseCount)];
}
