using Lucene.Net.Index;
using Lucene.Net.Store;

namespace SpladeLucene.Reindexing.Tests;

/// <summary>Asserts that Lucene.NET's own checker finds nothing odd about an index.</summary>
internal static class Clean
{
    public static void Assert(string folder)
    {
        using FSDirectory directory = FSDirectory.Open(folder);
        using var report = new StringWriter();
        CheckIndex.Status status = new CheckIndex(directory) { InfoStream = report }.DoCheckIndex();
        Xunit.Assert.True(status.Clean, report.ToString());
    }
}
