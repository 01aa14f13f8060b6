namespace Lucene.Net.Search;

public enum Occur
{
    MUST,
    SHOULD,
    MUST_NOT,
}

public class BooleanClause : IEquatable<BooleanClause>
{
    public BooleanClause(Query query, Occur occur)
    {
        Query = query;
        Occur = occur;
    }

    public virtual Query Query { get; set; }

    public virtual Occur Occur { get; set; }

    public virtual bool IsProhibited => Occur == Occur.MUST_NOT;

    public virtual bool IsRequired => Occur == Occur.MUST;

    public bool Equals(BooleanClause other) => other is not null && Query.Equals(other.Query) && Occur == other.Occur;

    public override bool Equals(object obj) => Equals(obj as BooleanClause);

    public override int GetHashCode() => HashCode.Combine(Query, Occur);

    public override string ToString() => Sign + Query;

    internal string Sign => Occur switch
    {
        Occur.MUST => "+",
        Occur.MUST_NOT => "-",
        _ => "",
    };
}
