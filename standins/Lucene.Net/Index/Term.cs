using Lucene.Net.Util;

namespace Lucene.Net.Index;

public sealed class Term : IComparable<Term>, IEquatable<Term>
{
    public Term(string fld, BytesRef bytes)
    {
        Field = fld;
        Bytes = bytes;
    }

    public Term(string fld, string text) : this(fld, new BytesRef(text))
    {
    }

    public string Field { get; }

    public BytesRef Bytes { get; }

    public string Text => Bytes.Utf8ToString();

    public int CompareTo(Term other)
    {
        int byField = string.CompareOrdinal(Field, other?.Field);
        return byField != 0 ? byField : Bytes.CompareTo(other?.Bytes);
    }

    public bool Equals(Term other) => other is not null && Field == other.Field && Bytes.BytesEquals(other.Bytes);

    public override bool Equals(object obj) => Equals(obj as Term);

    public override int GetHashCode() => HashCode.Combine(Field, Bytes);

    public override string ToString() => $"{Field}:{Text}";
}
