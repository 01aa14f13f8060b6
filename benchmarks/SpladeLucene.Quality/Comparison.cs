using SpladeLucene.Evaluation;

namespace SpladeLucene.Quality;

/// <summary>All ways of searching, over one collection.</summary>
internal sealed class Comparison : IDisposable
{
    public const string Baseline = "BM25, EnglishAnalyzer", Alone = "SPLADE", Literal = "SPLADE without expansions",
        WithoutNetwork = "SPLADE, inference-free queries", Fused = "BM25 + SPLADE, fused";

    private readonly ModelUnderTest _model;
    private readonly CollectionIndex _whole, _literal;
    private readonly CollectionSearcher _searcher, _control;

    private Comparison(ModelUnderTest model, CollectionIndex whole, CollectionIndex literal)
    {
        (_model, _whole, _literal) = (model, whole, literal);
        (_searcher, _control) = (new CollectionSearcher(whole), new CollectionSearcher(literal));
    }

    public static async Task<Comparison> PrepareAsync(
        TestCollection set, ModelUnderTest model, CancellationToken cancellation)
    {
        CollectionIndex whole = await CollectionIndex.BuildAsync(set, model.Splade, cancellation);
        return new Comparison(model, whole, await CollectionIndex.BuildAsync(set, model.Control, cancellation));
    }

    public Run Splade(Slice slice) => Run.Of(slice, Alone,
        _searcher.TermsOf(CollectionIndex.Splade), query => _searcher.Splade(_model.Splade, query.Text));

    public Run Control(Slice slice) => Run.Of(slice, Literal,
        _control.TermsOf(CollectionIndex.Splade), query => _control.Splade(_model.Control, query.Text));

    /// <summary>Every way of searching, the BM25 ones first.</summary>
    public IEnumerable<Run> All(Slice slice)
    {
        yield return Words(slice, "BM25, StandardAnalyzer", CollectionIndex.Standard, _searcher.Baseline);
        yield return Words(slice, Baseline, CollectionIndex.English, _searcher.Baseline);
        yield return Words(slice, "BM25, EnglishAnalyzer, Lucene's k1 and b", CollectionIndex.English, _searcher.Bm25);
        Run splade = Splade(slice);
        yield return splade;
        yield return Control(slice);
        if (_model.InferenceFree is { } queries)
        {
            yield return Run.Of(slice, WithoutNetwork, splade.DocumentTerms,
                query => _searcher.Splade(queries, query.Text));
        }

        yield return Run.Of(slice, Fused, null,
            query => _searcher.Hybrid(_model.Splade, query.Text, new HybridOptions()));
        yield return Run.Of(slice, "BM25 + SPLADE, by ranks", null,
            query => _searcher.Hybrid(_model.Splade, query.Text, new HybridOptions { RankConstant = 60 }));
    }

    private Run Words(Slice slice, string name, string field, Func<string, string, Ranking> search) =>
        Run.Of(slice, name, _searcher.TermsOf(field), query => search(field, query.Text));

    public void Dispose()
    {
        _searcher.Dispose();
        _control.Dispose();
        _whole.Dispose();
        _literal.Dispose();
    }
}
