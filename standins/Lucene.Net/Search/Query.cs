using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Util;

namespace Lucene.Net.Search;

public abstract class Query
{
    public virtual float Boost { get; set; } = 1f;

    public virtual Weight CreateWeight(IndexSearcher searcher) =>
        throw Refusals.Unsupported($"The query {this} cannot be searched for.");

    // A simpler query with the same result, or this one.
    public virtual Query Rewrite(IndexReader reader) => this;

    public virtual void ExtractTerms(ISet<Term> terms) =>
        throw Refusals.Unsupported($"The query {this} has no terms to tell.");

    public virtual object Clone() => MemberwiseClone();

    public abstract string ToString(string field);

    public override string ToString() => ToString("");

    public override bool Equals(object obj) =>
        obj is Query other && other.GetType() == GetType() && other.Boost.Equals(Boost);

    public override int GetHashCode() => HashCode.Combine(GetType(), Boost);

    internal string BoostText() =>
        Boost == 1f ? "" : "^" + NumberText.Of(Boost);
}
