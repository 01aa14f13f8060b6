using Lucene.Net.Index;
using Lucene.Net.Search;
using SpladeLucene.Search.TopK;

namespace SpladeLucene;

/// <summary>
/// Makes a <c>SearcherManager</c> hand out <see cref="SpladeSearcher"/>s, and warms the segments that are new in a
/// reopened reader before anyone searches it.
/// </summary>
public class SpladeSearcherFactory : SearcherFactory
{
    private readonly SpladeSearcherOptions _options;
    private readonly string[] _fields;

    /// <summary>Makes a factory.</summary>
    /// <param name="options">Default: as for a <see cref="SpladeSearcher"/>.</param>
    /// <param name="warmedFields">The fields to warm; none leaves it to the first search.</param>
    public SpladeSearcherFactory(SpladeSearcherOptions? options = null, params string[] warmedFields)
    {
        ArgumentNullException.ThrowIfNull(warmedFields);
        _options = options ?? new SpladeSearcherOptions();
        _fields = warmedFields;
    }

    /// <inheritdoc/>
    public override IndexSearcher NewSearcher(IndexReader reader)
    {
        foreach (string field in _fields) _options.Impacts.Warm(reader, field, _options.DegreeOfParallelism);
        if (_fields.Length > 0) AcceptedDocs.Warm(reader);
        return new SpladeSearcher(reader, _options);
    }
}
