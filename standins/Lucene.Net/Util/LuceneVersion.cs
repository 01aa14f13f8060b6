namespace Lucene.Net.Util;

public enum LuceneVersion
{
    // The published enumeration counts from LUCENE_30.
    LUCENE_48 = 15,
}
