using Lucene.Net.Index;

namespace SpladeLucene.Impacts;

/// <summary>Impacts written as term frequencies.</summary>
internal sealed class FrequencyPostings(DocsEnum postings) : ImpactPostings(postings)
{
    private readonly DocsEnum _postings = postings;

    /// <summary>The frequency as an impact: several values of one field may add up to more than an impact can be.</summary>
    public static int Clip(int frequency) => Math.Min(frequency, ImpactQuantizer.MaxImpact);

    public override int ReadImpact() => Clip(_postings.Freq);
}
