using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;
using SpladeLucene.Postings;

namespace SpladeLucene.Tool.Inspecting;

/// <summary>A piece of a field's vocabulary, and how impacts lie over it.</summary>
internal static class VocabularyReport
{
    /// <summary>The bands of impacts that postings are counted in, by their largest.</summary>
    public static IReadOnlyList<int> ImpactBands { get; } = [15, 31, 63, 127, 255];

    /// <summary>The terms that begin with <paramref name="prefix"/>, in the vocabulary's order.</summary>
    public static IEnumerable<TermLine> TermsOf(DirectoryReader reader, string field, string prefix)
    {
        if (MultiFields.GetTerms(reader, field)?.GetEnumerator() is not { } each) yield break;
        var begin = new BytesRef(prefix);
        if (each.SeekCeil(begin) == TermsEnum.SeekStatus.END) yield break;
        do
        {
            if (!StringHelper.StartsWith(each.Term, begin)) yield break;
            string term = each.Term.Utf8ToString();
            if (!SpladeFingerprint.IsReserved(term)) yield return new TermLine(term, each.DocFreq);
        }
        while (each.MoveNext());
    }

    /// <summary>How many postings have which impact, by how many documents have their term. Costs a walk over all of them.</summary>
    public static IReadOnlyList<MapLine> MapOf(DirectoryReader reader, string field, CancellationToken cancellation)
    {
        var counts = new SortedDictionary<int, long[]>();
        foreach (AtomicReader segment in reader.Leaves.Select(leaf => leaf.AtomicReader))
        {
            if (ImpactReader.Open(segment, field) is not { } impacts) continue;
            TermsEnum each = impacts.Terms();
            while (each.MoveNext())
            {
                cancellation.ThrowIfCancellationRequested();
                if (SpladeFingerprint.IsReserved(each.Term.Utf8ToString())) continue;
                int decade = Decade(reader.DocFreq(new Term(field, BytesRef.DeepCopyOf(each.Term))));
                if (!counts.TryGetValue(decade, out long[]? bands)) counts[decade] = bands = new long[ImpactBands.Count];
                Count(impacts.NextPostings(each), bands);
            }
        }

        return [.. counts.Select(row => new MapLine(row.Key, (row.Key * 10) - 1, row.Value))];
    }

    private static void Count(ImpactPostings postings, long[] bands)
    {
        while (postings.NextDoc() != DocIdSetIterator.NO_MORE_DOCS)
        {
            int impact = postings.ReadImpact(), band = 0;
            while (impact > ImpactBands[band]) band++;
            bands[band]++;
        }
    }

    private static int Decade(int number)
    {
        int decade = 1;
        while (number / decade >= 10) decade *= 10;
        return decade;
    }
}

/// <summary>Postings of the terms that so many documents have.</summary>
/// <param name="From">The least number of documents.</param>
/// <param name="To">The largest.</param>
/// <param name="Postings">Their postings in each of <see cref="VocabularyReport.ImpactBands"/>.</param>
internal sealed record MapLine(int From, int To, IReadOnlyList<long> Postings);
