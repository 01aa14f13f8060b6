using Lucene.Net.Util;

namespace SpladeLucene.Reindexing.Carrying;

/// <summary>The texts that a segment that stays has vectors of.</summary>
/// <param name="Documents">Live documents that have a text.</param>
/// <param name="Missing">Live documents that have none.</param>
/// <param name="FirstMissing">The first of those, by its number in the source's segment; null where there is none.</param>
internal sealed record CarriedTexts(long Documents, long Missing, int? FirstMissing)
{
    /// <summary>Counts them by the hashes that stand beside the vectors.</summary>
    public static CarriedTexts Of(CarriedSegment segment, ReindexMapping mapping)
    {
        IBits? has = segment.Made.GetDocsWithField(mapping.HashField);
        long documents = 0, missing = 0;
        int? first = null;
        for (int document = 0; document < segment.Made.MaxDoc; document++)
        {
            if (!segment.IsLive(document)) continue;
            if (has is not null && has.Get(document)) documents++;
            else if (missing++ == 0) first = segment.SourceDocument(document);
        }

        return new CarriedTexts(documents, missing, first);
    }
}
