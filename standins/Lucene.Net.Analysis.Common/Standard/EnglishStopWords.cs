using Lucene.Net.Analysis.Util;
using Lucene.Net.Util;

namespace Lucene.Net.Analysis.Standard;

internal static class EnglishStopWords
{
    private const string Words =
        "a an and are as at be but by for if in into is it no not of on or such that the their then there these they "
        + "this to was will with";

    internal static CharArraySet Set { get; } = new(LuceneVersion.LUCENE_48, Words.Split(' '), false);
}
