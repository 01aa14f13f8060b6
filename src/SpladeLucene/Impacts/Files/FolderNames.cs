namespace SpladeLucene.Impacts.Files;

/// <summary>What files of impacts are called: nothing that Lucene takes for its own, should they lie beside an index.</summary>
internal static class FolderNames
{
    public const string All = Prefix + "*" + Extension;

    public const string AllUnfinished = Prefix + "*" + Unfinished;

    private const string Prefix = "splade-", Extension = ".impacts", Unfinished = ".unfinished";

    public static string Of(SegmentKey key) => Prefix + Convert.ToHexString(key.Hash.AsSpan(0, 16)) + Extension;

    /// <summary>Another one each time.</summary>
    public static string UnfinishedOf(string file) =>
        Path.ChangeExtension(file, null) + $"-{Guid.NewGuid():N}{Unfinished}";
}
