namespace Lucene.Net.Search;

// The scorers of a boolean query's clauses in one segment, and the tree that scores them together. How the scores are
// added (as floats in order of cost where all clauses must match, else as doubles) decides the last bit of a score.
internal sealed class ClauseScorers
{
    private readonly List<Scorer> _required = [];
    private readonly List<Scorer> _optional = [];
    private readonly List<Scorer> _prohibited = [];

    // False where a required clause matches nothing, so that nothing can match.
    internal bool Add(Occur occur, Scorer? scorer)
    {
        if (scorer is not null)
        {
            ListOf(occur).Add(scorer);
        }
        return scorer is not null || occur != Occur.MUST;
    }

    internal Scorer? Combine(Weight weight, int minShouldMatch, Func<int, float> coordOf)
    {
        if (_required.Count + _optional.Count == 0 || _optional.Count < minShouldMatch)
        {
            return null;
        }
        float[] coords = [.. Enumerable.Range(0, _required.Count + _optional.Count + 1).Select(coordOf)];
        CountingScorer sum = _required.Count == 0
            ? WithoutProhibited(weight, OptionalOnly(weight, Math.Max(minShouldMatch, 1)))
            : WithRequired(weight, minShouldMatch);
        return new CoordScorer(weight, sum, coords);
    }

    private CountingScorer OptionalOnly(Weight weight, int minMatch)
    {
        if (_optional.Count > minMatch)
        {
            return new DisjunctionScorer(weight, _optional, minMatch);
        }
        return All(weight, _optional);
    }

    private CountingScorer WithRequired(Weight weight, int minShouldMatch)
    {
        if (_optional.Count == minShouldMatch)
        {
            return WithoutProhibited(weight, All(weight, [.. _required, .. _optional]));
        }
        CountingScorer required = All(weight, _required);
        if (minShouldMatch > 0)
        {
            var optional = new DisjunctionScorer(weight, _optional, minShouldMatch);
            return WithoutProhibited(weight, new ConjunctionScorer(weight, [required, optional]));
        }
        CountingScorer bonus = _optional.Count == 1
            ? new SingleScorer(weight, _optional[0])
            : new DisjunctionScorer(weight, _optional, 1);
        return new RequiredOptionalScorer(weight, WithoutProhibited(weight, required), bonus);
    }

    private CountingScorer WithoutProhibited(Weight weight, CountingScorer scorer)
    {
        return _prohibited.Count switch
        {
            0 => scorer,
            1 => new ExclusionScorer(weight, scorer, _prohibited[0]),
            _ => new ExclusionScorer(weight, scorer, new DisjunctionScorer(weight, _prohibited, 1)),
        };
    }

    private static CountingScorer All(Weight weight, List<Scorer> scorers) =>
        scorers.Count == 1 ? new SingleScorer(weight, scorers[0]) : new ConjunctionScorer(weight, scorers);

    private List<Scorer> ListOf(Occur occur) => occur switch
    {
        Occur.MUST => _required,
        Occur.SHOULD => _optional,
        _ => _prohibited,
    };
}
