using Lucene.Net.Analysis;
using Lucene.Net.Index;
using Lucene.Net.Util;

namespace SpladeLucene.Reindexing.Running;

/// <summary>The settings of a migration's index writers.</summary>
internal static class WriterSettings
{
    // So many pieces are merged at a time: all of most segments', and few enough to have them open together.
    private const int PiecesToMerge = 32;

    private static readonly NoAnalyzer Nothing = new();

    /// <summary>For segments that are added as they are and stay so.</summary>
    public static IndexWriterConfig ForWhole(OpenMode mode) =>
        Serial(mode, NoMergePolicy.NO_COMPOUND_FILES);

    /// <summary>For documents that are added one by one and must keep their order.</summary>
    public static IndexWriterConfig ForPieces(int bufferMegabytes)
    {
        IndexWriterConfig config = Serial(OpenMode.CREATE, new LogDocMergePolicy { MergeFactor = PiecesToMerge });
        config.RAMBufferSizeMB = bufferMegabytes;
        config.UseCompoundFile = false;
        return config;
    }

    // In this thread, so that a merge that fails, as on a full disk, fails the run and not the process.
    private static IndexWriterConfig Serial(OpenMode mode, MergePolicy policy) => new(LuceneVersion.LUCENE_48, Nothing)
    {
        OpenMode = mode, MergePolicy = policy, MergeScheduler = new SerialMergeScheduler(),
        CheckIntegrityAtMerge = true,
    };

    /// <summary>Nothing is analyzed in a migration.</summary>
    private sealed class NoAnalyzer : Analyzer
    {
        protected override TokenStreamComponents CreateComponents(string fieldName, TextReader reader) =>
            throw new NotSupportedException($"The field '{fieldName}' is not to be analyzed.");
    }
}
