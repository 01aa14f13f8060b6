using Lucene.Net.Index;
using Lucene.Net.Util;

namespace SpladeLucene.Indexing;

/// <summary>Which fields of an index hold SPLADE vectors.</summary>
internal static class SpladeFields
{
    /// <summary>Refuses a field that no segment has. An index without documents lacks every field and is let pass.</summary>
    /// <exception cref="InvalidOperationException">The message names the field and those that there are.</exception>
    public static void Require(IndexReader reader, string field)
    {
        if (reader.NumDocs == 0 || reader.Leaves.Any(leaf => leaf.AtomicReader.GetTerms(field) is not null)) return;
        string[] others = [.. In(reader).Order(StringComparer.Ordinal)];
        string known = others.Length == 0 ? "It has no SPLADE field." : $"Its SPLADE fields: {string.Join(", ", others)}.";
        throw new InvalidOperationException(
            $"No document of the index has the field '{field}'. {known} Where it may be missing, as in an index that is being "
            + $"built, set {nameof(SpladeQueryOptions)}.{nameof(SpladeQueryOptions.AllowMissingField)}.");
    }

    private static HashSet<string> In(IndexReader reader)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (AtomicReader segment in reader.Leaves.Select(leaf => leaf.AtomicReader))
        {
            found.UnionWith(segment.FieldInfos.Where(field => field.IsIndexed && HoldsVectors(segment, field.Name))
                .Select(field => field.Name));
        }

        return found;
    }

    private static bool HoldsVectors(AtomicReader segment, string field)
    {
        TermsEnum? terms = segment.GetTerms(field)?.GetEnumerator();
        return terms is not null && terms.SeekCeil(new BytesRef(SpladeFingerprint.TermPrefix)) != TermsEnum.SeekStatus.END
            && SpladeFingerprint.IsReserved(terms.Term);
    }
}
