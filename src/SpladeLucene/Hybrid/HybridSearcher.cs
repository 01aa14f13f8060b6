using System.Diagnostics;
using System.Globalization;
using Lucene.Net.Index;
using Lucene.Net.Search;
using SpladeLucene.Fusion;
using SpladeLucene.Hybrid;
using SpladeLucene.Search.Disjunction;

namespace SpladeLucene;

/// <summary>
/// Searches by words and by meaning at once. A hit is a document that the words match, that reaches the meaning's floor, or
/// that another ranking holds; <c>TotalHits</c> counts them all, each once. What is returned are exactly the best of all
/// hits by <c>(1 − w) × words × coverage² + w × meaning + Σ weight × other</c>, or by their reciprocal ranks, ties by document:
/// both scores of every hit are known before they are added, and pages neither overlap nor leave gaps. Coverage is the share
/// that the words' score is of the most they could (<see cref="HybridOptions.WordsByCoverage"/>). The words are scored by a
/// similarity of their own (<see cref="HybridOptions.Words"/>), the meaning over the searcher's impacts in memory. A search
/// takes what collecting all words' hits and counting all hits of the meaning takes, and 12 bytes a hit of the words. Thread-safe; cheap to make,
/// so make one for each searcher that a <c>SearcherManager</c> hands out.
/// </summary>
/// <example><code>
/// HybridTopDocs found = new HybridSearcher(searcher).Search(new HybridQuery(words, meaning), 10);
/// </code></example>
public sealed class HybridSearcher
{
    private const double DefaultMeaningWeight = 0.5;
    private const string Coverage =
        "coverage, whose square counts: the share of the most that the words could score, or of the best that they do where that can't be told";

    private readonly SpladeSearcher _meaning;
    private readonly SpladeSearcher _words;
    private readonly HybridOptions _options;

    /// <summary>Makes a searcher over the index of another.</summary>
    /// <param name="searcher">Searches for the meaning, and says how many documents have a word; its similarity stays as it is and
    /// doesn't count.</param>
    /// <param name="options">Default: BM25, scores as they are, an encoder's failure comes through.</param>
    public HybridSearcher(SpladeSearcher searcher, HybridOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(searcher);
        _options = options ?? new HybridOptions();
        _meaning = searcher;
        _words = new WordsSearcher(searcher) { Similarity = _options.Words };
    }

    /// <summary>Makes a searcher.</summary>
    /// <param name="reader">The index; whoever opened it closes it.</param>
    /// <param name="options">As above.</param>
    public HybridSearcher(IndexReader reader, HybridOptions? options = null)
        : this(new SpladeSearcher(reader), options)
    {
    }

    /// <summary>Finds the best hits.</summary>
    /// <param name="query">What is looked for.</param>
    /// <param name="n">How many hits are wanted, at least 1.</param>
    /// <param name="filter">Which documents words and meaning may find; null for all.</param>
    /// <param name="after">The last hit of the page before, of the same query and reader; null for the first page.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="n"/> is not positive.</exception>
    /// <exception cref="ArgumentException">
    /// The meaning or what another ranking is made of is null; its weight or score doesn't count, or it holds a document twice or one that
    /// the index doesn't have;
    /// ranks are to be fused and a weight is given; or <paramref name="after"/> has no score.
    /// </exception>
    /// <exception cref="SparseEncodingException">The model doesn't run for the text, and
    /// <see cref="HybridOptions.WordsAloneOnFailure"/> isn't set or there are no words.</exception>
    /// <exception cref="InvalidOperationException">Words or meaning give a document a score that can't be fused, such as NaN.</exception>
    public HybridTopDocs Search(HybridQuery query, int n, Filter? filter = null, ScoreDoc? after = null)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(n);
        if (after is not null && float.IsNaN(after.Score))
            throw new ArgumentException("The hit to go on after has no score: pass the last hit of the page before as it was returned.", nameof(after));
        Check(query);
        Query? meaning = Encoded(query, out SparseEncodingException? failure);
        // Words alone are no search of a SPLADE field.
        if (meaning is not SpladeQuery { Field: var field }) return Search(query, meaning, failure, n, filter, after);
        using Activity? activity = SpladeTelemetry.StartSearch(field, n);
        long started = SpladeTelemetry.Now;
        HybridTopDocs found = Search(query, meaning, failure, n, filter, after);
        SpladeTelemetry.Searched(field, countsAll: true, started);
        return found;
    }

    private HybridTopDocs Search(
        HybridQuery query, Query? meaning, SparseEncodingException? failure, int n, Filter? filter, ScoreDoc? after)
    {
        double weight = failure is not null ? 0
            : query.MeaningWeight ?? (meaning as SpladeQuery)?.FusionWeight ?? DefaultMeaningWeight;
        using SideHits words = query.Words is null ? new SideHits(HybridPart.Words) : Worded(query.Words, filter);
        Weigh(words, 1 - weight, _options.Normalization);
        var best = new BestFused(n, after);
        using FusedWindows? windows = InWindows(query, meaning, weight, words, best);
        if (windows is not null) windows.Find(filter);
        else FuseAll(query, meaning, weight, words, filter, best);
        return best.ToTopDocs(failure);
    }

    /// <summary>
    /// Explains a hit: what each side adds, and under it Lucene's explanation of the words' score and the terms that the
    /// meaning met in.
    /// </summary>
    /// <param name="query">The query that found it.</param>
    /// <param name="hit">A hit of the index that this searches.</param>
    public Explanation Explain(HybridQuery query, HybridHit hit)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(hit);
        var explanation = new ComplexExplanation(match: true, hit.Score, "sum of what each side adds:");
        foreach (HybridPart part in hit.Parts)
        {
            var side = new Explanation((float)part.Adds, $"the {part.Side}, {HowItCounts(part)}");
            if (part.Side == HybridPart.Words && query.Words is not null) side.AddDetail(_words.Explain(query.Words, hit.Doc));
            if (part.Side == HybridPart.Meaning) side.AddDetail(_meaning.Explain(query.Meaning, hit.Doc));
            if (part.Coverage is { } coverage) side.AddDetail(new Explanation((float)coverage, Coverage));
            explanation.AddDetail(side);
        }

        return explanation;
    }

    private string HowItCounts(HybridPart part) => part.Rank is { } rank
        ? string.Create(CultureInfo.InvariantCulture, $"1 / ({_options.RankConstant} + rank {rank}), by a score of {part.Score:0.####}")
        : string.Create(CultureInfo.InvariantCulture, $"which score {part.Score:0.####} by themselves, weight {part.Weight:0.####}");

    /// <summary>The meaning as the index understands it, which is where text is encoded.</summary>
    private Query? Encoded(HybridQuery query, out SparseEncodingException? failure)
    {
        failure = null;
        try
        {
            return _meaning.Rewrite(query.Meaning);
        }
        catch (SparseEncodingException problem) when (_options.WordsAloneOnFailure && query.Words is not null)
        {
            failure = problem;
            return null;
        }
    }

    /// <summary>Null where the meaning's scores aren't in memory, or each is needed before any can be fused.</summary>
    private FusedWindows? InWindows(HybridQuery query, Query? meaning, double weight, SideHits words, BestFused best) =>
        meaning is SpladeQuery splade && query.Others.Count == 0 && _options.RankConstant is null
        && _options.Normalization == ScoreNormalization.None
            ? FusedWindows.Over(_meaning, splade, weight, words, best)
            : null;

    private void FuseAll(HybridQuery query, Query? meaning, double weight, SideHits words, Filter? filter, BestFused best)
    {
        List<SideHits> sides = [];
        try
        {
            if (meaning is not null)
            {
                sides.Add(new SideHits(HybridPart.Meaning));
                _meaning.Search(meaning, filter, sides[0]);
                Weigh(sides[0], weight, _options.Normalization);
            }

            foreach (HybridRanking other in query.Others)
            {
                sides.Add(SideHits.Of(other));
                Weigh(sides[^1], other.Weight, other.Normalization);
            }

            new FusedTop([words, .. sides], best).Find();
        }
        finally
        {
            foreach (SideHits side in sides) side.Dispose();
        }
    }

    private SideHits Worded(Query words, Filter? filter)
    {
        Query rewritten = _words.Rewrite(words);
        var hits = new SideHits(HybridPart.Words);
        var blocks = new BlockCollector(hits.Blocks);
        _words.Search(rewritten, filter, blocks);
        blocks.Finish();
        if (_options is { WordsByCoverage: true, RankConstant: null } && hits.Count > 0) hits.CountByShare(WordsBound.Of(_words, words));
        return hits;
    }

    private void Weigh(SideHits hits, double weight, ScoreNormalization normalization)
    {
        if (_options.RankConstant is { } constant) hits.Rank(constant);
        else hits.Weigh(weight, normalization);
    }

    private void Check(HybridQuery query)
    {
        if (query.Meaning is null) throw new ArgumentException("The query has no meaning: search for its words by themselves.", nameof(query));
        if (_options.RankConstant is not null && query.MeaningWeight is not null)
            throw new ArgumentException("Reciprocal ranks have no weights: leave MeaningWeight out.", nameof(query));
        foreach (HybridRanking other in query.Others)
        {
            if (other?.Name is null || other.Hits is null) throw new ArgumentException("Another ranking, its name or its hits are null.", nameof(query));
            if (other.Name is HybridPart.Words or HybridPart.Meaning)
                throw new ArgumentException($"'{other.Name}' is no name for another ranking.", nameof(query));
            if (!double.IsFinite(other.Weight) || other.Weight < 0)
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                    $"The weight of '{other.Name}' is {other.Weight}, and a finite one of 0 or more is expected."), nameof(query));
            CheckHits(other);
        }
    }

    private void CheckHits(HybridRanking ranking)
    {
        var seen = new HashSet<int>();
        foreach (RankedHit<int> hit in ranking.Hits)
        {
            if (hit.Document < 0 || hit.Document >= _meaning.IndexReader.MaxDoc)
                throw new ArgumentException($"'{ranking.Name}' holds document {hit.Document}, which the index doesn't have.",
                    nameof(ranking));
            if (!seen.Add(hit.Document))
                throw new ArgumentException($"'{ranking.Name}' holds document {hit.Document} twice.", nameof(ranking));
            if (!new ScoreRange(ranking.Normalization).Takes(hit.Score))
                throw new ArgumentException(ScoreRange.Refusal($"'{ranking.Name}' gives document {hit.Document}", hit.Score, ranking.Normalization),
                    nameof(ranking));
        }
    }
}
