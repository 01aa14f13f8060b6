using Lucene.Net.Index;
using Lucene.Net.Search;

namespace SpladeLucene.Reindexing.Tests;

/// <summary>Generates queries for the terms that an index has, and now and then for one that it hasn't.</summary>
internal sealed class QueryGenerator
{
    public const int Count = 200;

    /// <summary>
    /// A disjunction adds its clauses' scores in an order that depends on the documents around, and so on the segment.
    /// Two numbers have the same sum in either order.
    /// </summary>
    public const int ClausesInAnySegment = 2;

    private const int DeepestNesting = 2;
    private const int MostClauses = 5;

    private readonly Random _random;
    private readonly Term[][] _termsOfFields;
    private readonly Func<Term, Random, Query>[] _more;
    private readonly int _mostClauses;

    private QueryGenerator(
        IndexReader reader, IReadOnlyCollection<string> leaveOut, int seed, Func<Term, Random, Query>[] more, int mostClauses)
    {
        _mostClauses = mostClauses;
        _random = new Random(seed);
        _termsOfFields = [.. TermsOf(reader, leaveOut).GroupBy(term => term.Field).Select(field => field.ToArray())];
        _more = more;
    }

    /// <param name="reader">Where the terms come from.</param>
    /// <param name="leaveOut">Fields that no query asks for.</param>
    /// <param name="seed">The same seed gives the same queries.</param>
    /// <param name="more">Further kinds of queries, made of a term that the index has.</param>
    /// <param name="mostClauses">How many clauses a Boolean query has at most.</param>
    public static IReadOnlyList<Query> Of(
        IndexReader reader,
        IReadOnlyCollection<string> leaveOut,
        int seed,
        Func<Term, Random, Query>[]? more = null,
        int mostClauses = MostClauses)
    {
        var generator = new QueryGenerator(reader, leaveOut, seed, more ?? [], mostClauses);
        return generator._termsOfFields.Length == 0
            ? [new MatchAllDocsQuery()]
            : [.. Enumerable.Range(0, Count).Select(_ => generator.Next(DeepestNesting))];
    }

    private Query Next(int depth)
    {
        int kind = _random.Next(4 + _more.Length);
        Query query = kind switch
        {
            0 or 1 when depth > 0 => Boolean(depth - 1),
            2 when Sometimes => new ConstantScoreQuery(new TermQuery(AnyTerm())),
            < 4 => new TermQuery(AnyTerm()),
            _ => _more[kind - 4](AnyTerm(), _random),
        };
        if (Sometimes) query.Boost = _random.Next(1, 50) / 8f;
        return query;
    }

    private BooleanQuery Boolean(int depth)
    {
        // Rewriting a single clause may set the boost of the query in it, and that query is asked again.
        var query = new BooleanQuery();
        for (int clauses = _random.Next(2, _mostClauses + 1); clauses > 0; clauses--)
        {
            Occur occur = _random.Next(6) switch { 0 => Occur.MUST_NOT, 1 => Occur.MUST, _ => Occur.SHOULD };
            query.Add(Next(depth), occur);
        }

        return query;
    }

    private Term AnyTerm()
    {
        Term[] terms = _termsOfFields[_random.Next(_termsOfFields.Length)];
        return _random.Next(10) == 0 ? new Term(terms[0].Field, "nobody says this") : terms[_random.Next(terms.Length)];
    }

    private bool Sometimes => _random.Next(4) == 0;

    private static HashSet<Term> TermsOf(IndexReader reader, IReadOnlyCollection<string> leaveOut)
    {
        var found = new HashSet<Term>();
        foreach (AtomicReader segment in reader.Leaves.Select(leaf => leaf.AtomicReader))
        {
            if (segment.Fields is not { } fields) continue;
            foreach (string field in fields.Except(leaveOut))
            {
                TermsEnum terms = segment.GetTerms(field).GetEnumerator();
                while (terms.MoveNext()) found.Add(new Term(field, terms.Term.Utf8ToString()));
            }
        }

        return found;
    }
}
