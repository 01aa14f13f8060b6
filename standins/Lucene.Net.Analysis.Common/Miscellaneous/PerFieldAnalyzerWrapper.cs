namespace Lucene.Net.Analysis.Miscellaneous;

// Another analyzer for each field, and one for all the others.
public sealed class PerFieldAnalyzerWrapper : AnalyzerWrapper
{
    private readonly Analyzer _default;
    private readonly IDictionary<string, Analyzer>? _byField;

    public PerFieldAnalyzerWrapper(Analyzer defaultAnalyzer, IDictionary<string, Analyzer> fieldAnalyzers)
        : base(PER_FIELD_REUSE_STRATEGY)
    {
        _default = defaultAnalyzer;
        _byField = fieldAnalyzers;
    }

    protected override Analyzer GetWrappedAnalyzer(string fieldName) =>
        _byField is not null && _byField.TryGetValue(fieldName, out Analyzer? analyzer) ? analyzer : _default;
}
