using Lucene.Net.Index;

namespace Lucene.Net.Search;

// Explains a document's score by the scores of the clauses that it matches.
internal sealed class BooleanExplainer(AtomicReaderContext context, int doc)
{
    private readonly List<Explanation> _details = [];
    private float _sum;
    private int _matches;
    private int _optionalMatches;
    private bool _fails;

    internal void Add(BooleanClause clause, Weight weight)
    {
        if (weight.GetScorer(context, context.AtomicReader.LiveDocs) is null)
        {
            if (clause.IsRequired)
            {
                Fail($"no match on required clause ({clause.Query})");
            }
            return;
        }
        Explanation explanation = weight.Explain(context, doc);
        if (!explanation.IsMatch)
        {
            if (clause.IsRequired)
            {
                Fail($"no match on required clause ({clause.Query})", explanation);
            }
            return;
        }
        if (clause.IsProhibited)
        {
            Fail($"match on prohibited clause ({clause.Query})", explanation);
            return;
        }
        _details.Add(explanation);
        _sum += explanation.Value;
        _matches++;
        _optionalMatches += clause.Occur == Occur.SHOULD ? 1 : 0;
    }

    internal Explanation Result(int minShouldMatch, int maxCoord, Func<int, float> coordOf)
    {
        if (_fails)
        {
            return Mismatch("Failure to meet condition(s) of required/prohibited clause(s)");
        }
        if (_optionalMatches < minShouldMatch)
        {
            return Mismatch($"Failure to match minimum number of optional clauses: {minShouldMatch}");
        }
        Explanation sum = new ComplexExplanation(_matches > 0, _sum, "sum of:").With([.. _details]);
        float coord = coordOf(_matches);
        return coord == 1f
            ? sum
            : new ComplexExplanation(sum.IsMatch, _sum * coord, "product of:").With(
                sum, new Explanation(coord, $"coord({_matches}/{maxCoord})"));
    }

    private void Fail(string reason, params ReadOnlySpan<Explanation> details)
    {
        _fails = true;
        _details.Add(new Explanation(0f, reason).With(details));
    }

    private Explanation Mismatch(string reason) => new ComplexExplanation(false, 0f, reason).With([.. _details]);
}
