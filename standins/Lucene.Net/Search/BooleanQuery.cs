using System.Collections;
using Lucene.Net.Index;

namespace Lucene.Net.Search;

// Matches combinations of other queries and adds up their scores.
public partial class BooleanQuery : Query, IEnumerable<BooleanClause>
{
    private static int _maxClauseCount = 1024;

    private List<BooleanClause> _clauses = [];

    public BooleanQuery() : this(false)
    {
    }

    public BooleanQuery(bool disableCoord)
    {
        CoordDisabled = disableCoord;
    }

    // More clauses than this are refused.
    public static int MaxClauseCount
    {
        get => _maxClauseCount;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            _maxClauseCount = value;
        }
    }

    public virtual bool CoordDisabled { get; }

    public virtual int MinimumNumberShouldMatch { get; set; }

    public virtual IList<BooleanClause> Clauses => _clauses;

    public virtual void Add(Query query, Occur occur) => Add(new BooleanClause(query, occur));

    public virtual void Add(BooleanClause clause)
    {
        if (_clauses.Count >= _maxClauseCount)
        {
            throw new TooManyClausesException();
        }
        _clauses.Add(clause);
    }

    public IEnumerator<BooleanClause> GetEnumerator() => _clauses.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override Weight CreateWeight(IndexSearcher searcher) => new BooleanWeight(this, searcher);

    public override Query Rewrite(IndexReader reader)
    {
        if (MinimumNumberShouldMatch == 0 && _clauses is [{ IsProhibited: false } only])
        {
            return RewriteToOnlyClause(only.Query, reader);
        }
        List<BooleanClause> rewritten = _clauses.ConvertAll(clause => Rewrite(clause, reader));
        if (rewritten.SequenceEqual(_clauses, ReferenceEqualityComparer.Instance))
        {
            return this;
        }
        var clone = (BooleanQuery)Clone();
        clone._clauses = rewritten;
        return clone;
    }

    public override void ExtractTerms(ISet<Term> terms)
    {
        foreach (BooleanClause clause in _clauses.Where(clause => !clause.IsProhibited))
        {
            clause.Query.ExtractTerms(terms);
        }
    }

    public override object Clone()
    {
        var clone = (BooleanQuery)base.Clone();
        clone._clauses = [.. _clauses];
        return clone;
    }

    public override string ToString(string field)
    {
        string clauses = string.Join(' ', _clauses.Select(clause => clause.Sign + TextOf(clause.Query, field)));
        bool hasMinimum = MinimumNumberShouldMatch > 0;
        string text = Boost != 1f || hasMinimum ? $"({clauses})" : clauses;
        return text + (hasMinimum ? $"~{MinimumNumberShouldMatch}" : "") + BoostText();
    }

    public override bool Equals(object obj) =>
        base.Equals(obj)
        && obj is BooleanQuery other
        && _clauses.SequenceEqual(other._clauses)
        && MinimumNumberShouldMatch == other.MinimumNumberShouldMatch
        && CoordDisabled == other.CoordDisabled;

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(base.GetHashCode());
        _clauses.ForEach(hash.Add);
        hash.Add(MinimumNumberShouldMatch);
        hash.Add(CoordDisabled);
        return hash.ToHashCode();
    }

    private Query RewriteToOnlyClause(Query clause, IndexReader reader)
    {
        Query rewritten = clause.Rewrite(reader);
        if (Boost != 1f)
        {
            rewritten = rewritten == clause ? (Query)clause.Clone() : rewritten;
            rewritten.Boost = Boost * rewritten.Boost;
        }
        return rewritten;
    }

    private static BooleanClause Rewrite(BooleanClause clause, IndexReader reader)
    {
        Query rewritten = clause.Query.Rewrite(reader);
        return rewritten == clause.Query ? clause : new BooleanClause(rewritten, clause.Occur);
    }

    private static string TextOf(Query query, string field) =>
        query is BooleanQuery ? $"({query.ToString(field)})" : query.ToString(field);

    public class TooManyClausesException : Exception
    {
        internal TooManyClausesException() : base($"A boolean query has at most {_maxClauseCount} clauses.")
        {
        }
    }
}
