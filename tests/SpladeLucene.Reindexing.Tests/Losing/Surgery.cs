using Lucene.Net.Documents;
using Lucene.Net.Index;

namespace SpladeLucene.Reindexing.Tests;

/// <summary>Changes of documents that are to be written, each to the first document where it can be done.</summary>
internal static class Surgery
{
    public static void Remove(this List<Document> all, string name)
    {
        IIndexableField value = all.Of(name).First();
        all.First(document => document.Fields.Contains(value)).Fields.Remove(value);
    }

    public static void Replace(this List<Document> all, string name, Func<IIndexableField, Field> replacement)
    {
        IIndexableField old = all.Of(name).First(value => value.GetStringValue() is null or { Length: > 0 } and not "NaN");
        IList<IIndexableField> fields = all.First(document => document.Fields.Contains(old)).Fields;
        fields[fields.IndexOf(old)] = replacement(old);
    }

    public static void Swap(this List<Document> all, string name, string other)
    {
        IList<IIndexableField> fields = all.First(document => document.Has(name) && document.Has(other)).Fields;
        (int left, int right) = (fields.IndexOf(name), fields.IndexOf(other));
        (fields[left], fields[right]) = (fields[right], fields[left]);
    }

    public static void AddWhereMissing(this List<Document> all, Field value) =>
        all.First(document => !document.Has(value.Name)).Add(value);

    public static void Boost(this List<Document> all, string name, float boost)
    {
        foreach (IIndexableField value in all.Of(name)) ((Field)value).Boost = boost;
    }

    /// <summary>In all documents: what one of them doesn't index is gone only where all of them agree.</summary>
    public static void Retype(this List<Document> all, string name, Action<FieldType> change)
    {
        foreach (Document document in all.Where(document => document.Has(name)))
        {
            var old = (Field)document.GetField(name);
            var type = new FieldType(old.FieldType);
            change(type);
            document.Fields[document.Fields.IndexOf(name)] = new Field(name, StreamOf(old), type);
        }
    }

    /// <summary>The tokens of the first document that has one with a payload there, or at least a token.</summary>
    public static List<LegacyToken> Tokens(this List<Document> all, string name)
    {
        List<LegacyToken>[] lists = [.. all.Of(name).Select(value => StreamOf((Field)value).Tokens)];
        return lists.FirstOrDefault(list => list.Exists(HasPayload)) ?? lists.First(list => list.Count > 0);
    }

    /// <summary>Changes the last token that has a payload, or the first token where none has one.</summary>
    public static void Change(this List<Document> all, string name, Func<LegacyToken, LegacyToken> change)
    {
        List<LegacyToken> tokens = all.Tokens(name);
        int at = Math.Max(0, tokens.FindLastIndex(HasPayload));
        tokens[at] = change(tokens[at]);
    }

    private static IEnumerable<IIndexableField> Of(this List<Document> all, string name) =>
        all.SelectMany(document => document.GetFields(name));

    private static bool Has(this Document document, string name) => document.GetField(name) is not null;

    private static int IndexOf(this IList<IIndexableField> fields, string name) =>
        fields.IndexOf(fields.First(value => value.Name == name));

    private static bool HasPayload(LegacyToken token) => token.Payload is not null;

    private static LegacyTokens StreamOf(Field value) => (LegacyTokens)value.GetTokenStream(TestIndex.Whitespace);
}
