using Lucene.Net.Index;

namespace SpladeLucene.Postings;

/// <summary>Impacts written as term frequencies.</summary>
internal sealed class FrequencyPostings(DocsEnum postings) : ImpactPostings(postings)
{
    private readonly DocsEnum _postings = postings;

    /// <summary>The frequency as an impact: several values of one field may add up to more than one can be.</summary>
    public static int Clip(int frequency) => Math.Min(frequency, ImpactQuantizer.MaxImpact);

    public override int ReadImpact() => Clip(_postings.Freq);

    public override void Accumulate(Span<int> sums, int start, int end, int weight)
    {
        int doc = Doc;
        while (doc < end)
        {
            sums[doc - start] += weight * Clip(_postings.Freq);
            doc = _postings.NextDoc();
        }

        Doc = doc;
    }

    public override int Read(Span<int> docs, Span<byte> impacts)
    {
        for (int i = 0; i < docs.Length; i++)
        {
            int doc = _postings.NextDoc();
            if (doc == DocsEnum.NO_MORE_DOCS) return i;
            docs[i] = doc;
            impacts[i] = (byte)Clip(_postings.Freq);
        }

        return docs.Length;
    }
}
