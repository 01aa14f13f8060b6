using System.Globalization;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;

namespace SpladeLucene.Endurance.Soaking;

/// <summary>The searches of one thread: one of every kind by chance, compared with scoring everything.</summary>
internal sealed class SoakSearches(SoakIndex index, int seed)
{
    private const int Kinds = 7, MostTerms = 8, MostHits = 30;

    private readonly Random _random = new(seed);

    /// <summary>How many were compared.</summary>
    public long Compared { get; private set; }

    /// <summary>How many failed as they were meant to.</summary>
    public long Failed { get; private set; }

    public void One() => index.Search(_random.Next(3), searcher =>
    {
        string text = SoakIndex.Text(_random, _random.Next(1, MostTerms));
        var query = new SpladeQuery(SoakIndex.Meaning, index.Encoder.Encode(text));
        int n = _random.Next(5) == 0 ? 500 : _random.Next(1, MostHits);
        switch (_random.Next(Kinds))
        {
            case 0: Bare(searcher, query, n); break;
            case 1: Paged(searcher, query, n); break;
            case 2: Filtered(searcher, query, n); break;
            case 3: Sorted(searcher, query, n); break;
            case 4: Hybrid(searcher, query, text, n); break;
            case 5: Composed(searcher, query, text, n); break;
            default: Failing(searcher, query, n); break;
        }
    });

    private void Bare(SpladeSearcher searcher, SpladeQuery query, int n)
    {
        var options = new SpladeSearchOptions
        {
            Algorithm = (SearchAlgorithm)_random.Next(4), CountAllHits = _random.Next(2) == 0,
        };
        Compare("bare", SoakOracle.Hits(searcher.IndexReader, query), searcher.SearchTop(query, n, options: options).ScoreDocs, n);
    }

    private void Paged(SpladeSearcher searcher, SpladeQuery query, int n)
    {
        IReadOnlyList<ScoreDoc> all = SoakOracle.Hits(searcher.IndexReader, query);
        TopDocs first = searcher.Search(query, n);
        if (first.TotalHits != all.Count) throw Wrong("paged", $"{first.TotalHits} hits, {all.Count} expected");
        Compare("paged", all, first.ScoreDocs, n);
        if (first.ScoreDocs is not [.., var last]) return;
        Compare("page two", [.. all.Skip(n)], searcher.SearchAfter(last, query, n).ScoreDocs, n);
    }

    private void Filtered(SpladeSearcher searcher, SpladeQuery query, int n)
    {
        string group = _random.Next(SoakIndex.Groups).ToString(CultureInfo.InvariantCulture);
        var filter = new QueryWrapperFilter(new TermQuery(new Term(SoakIndex.Group, group)));
        HashSet<int> accepted = SoakOracle.OfGroup(searcher.IndexReader, group);
        Compare("filtered", SoakOracle.Hits(searcher.IndexReader, query, accepted.Contains),
            searcher.Search(query, filter, n).ScoreDocs, n);
    }

    private void Sorted(SpladeSearcher searcher, SpladeQuery query, int n)
    {
        var sort = new Sort(new SortField(SoakIndex.Number, SortFieldType.INT64));
        int[] expected = SoakOracle.Sorted(searcher.IndexReader, SoakOracle.Hits(searcher.IndexReader, query));
        IEnumerable<int> found = searcher.Search(query, null, n, sort).ScoreDocs.Select(hit => hit.Doc);
        if (!expected.Take(n).SequenceEqual(found)) throw Wrong("sorted", "another order");
        Compared++;
    }

    private void Hybrid(SpladeSearcher searcher, SpladeQuery query, string text, int n)
    {
        var words = WordsOf(text);
        double weight = _random.NextDouble();
        var hybrid = new HybridSearcher(searcher, new HybridOptions
        {
            Normalization = ScoreNormalization.None, WordsByCoverage = false,
        });
        HybridTopDocs found = hybrid.Search(new HybridQuery(words, query) { MeaningWeight = weight }, n);
        Compare("hybrid", SoakOracle.Fused(searcher.IndexReader, words, query, weight), [.. found.Hits], n);
    }

    // Beside words in one query, whose scores Lucene adds up; a plain searcher reads them from the postings.
    private void Composed(SpladeSearcher searcher, SpladeQuery query, string text, int n)
    {
        var both = new BooleanQuery(disableCoord: true);
        both.Add(query, Occur.SHOULD);
        both.Add(new TermQuery(new Term(SoakIndex.Group, "1")), Occur.MUST_NOT);
        foreach (BooleanClause clause in WordsOf(text).Clauses) both.Add(clause.Query, Occur.SHOULD);
        IReadOnlyList<ScoreDoc> expected = new IndexSearcher(searcher.IndexReader).Search(both, n).ScoreDocs;
        Compare("composed", expected, searcher.Search(both, n).ScoreDocs, n);
    }

    // Whatever an application's own code throws comes through, and nothing is left behind that spoils the next search.
    private void Failing(SpladeSearcher searcher, SpladeQuery query, int n)
    {
        try
        {
            if (_random.Next(2) == 0) searcher.Search(query, new FailingFilter(_random.Next(3)), n);
            else searcher.Search(query, new FailingCollector(_random.Next(50)));
        }
        catch (TimeZoneNotFoundException)
        {
            Failed++;
        }

        Bare(searcher, query, n);
    }

    private static BooleanQuery WordsOf(string text)
    {
        var words = new BooleanQuery();
        foreach (string word in text.Split(' ').Distinct(StringComparer.Ordinal))
            words.Add(new TermQuery(new Term(SoakIndex.Words, word)), Occur.SHOULD);
        return words;
    }

    private void Compare(string kind, IReadOnlyList<ScoreDoc> expected, ScoreDoc[] found, int n)
    {
        if (found.Length != Math.Min(n, expected.Count)) throw Wrong(kind, $"{found.Length} of {Math.Min(n, expected.Count)} hits");
        for (int i = 0; i < found.Length; i++)
        {
            if (found[i].Doc != expected[i].Doc || found[i].Score != expected[i].Score)
                throw Wrong(kind, $"rank {i} is {found[i]}, and {expected[i]} was expected");
        }

        Compared++;
    }

    private EnduranceException Wrong(string kind, string what) =>
        new($"A {kind} search of seed {seed}, after {Compared} that were right: {what}.");

    /// <summary>Throws when it is asked about one of the first segments.</summary>
    private sealed class FailingFilter(int after) : Filter
    {
        private int _asked;

        public override DocIdSet GetDocIdSet(AtomicReaderContext context, IBits acceptDocs) =>
            _asked++ >= after ? throw new TimeZoneNotFoundException() : null!;
    }

    /// <summary>Throws at one of the first hits.</summary>
    private sealed class FailingCollector(int after) : ICollector
    {
        private int _hits;

        public bool AcceptsDocsOutOfOrder => true;

        public void SetScorer(Scorer scorer)
        {
        }

        public void Collect(int doc)
        {
            if (_hits++ >= after) throw new TimeZoneNotFoundException();
        }

        public void SetNextReader(AtomicReaderContext context)
        {
        }
    }
}
