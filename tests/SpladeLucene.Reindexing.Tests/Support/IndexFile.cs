using Lucene.Net.Codecs;
using Lucene.Net.Store;

namespace SpladeLucene.Reindexing.Tests.Support;

/// <summary>Files of an index as another version of Lucene would have written them.</summary>
internal static class IndexFile
{
    /// <summary>Changes a byte of the only file whose name ends so, and ends it with a checksum that agrees, or with none.</summary>
    public static void Rewrite(SimpleFSDirectory directory, string extension, int place, byte value, bool checksum)
    {
        string name = directory.ListAll().Single(file => file.EndsWith(extension, StringComparison.Ordinal));
        string path = Path.Combine(directory.Directory.FullName, name);
        byte[] content = File.ReadAllBytes(path)[..^CodecUtil.FooterLength()];
        content[place] = value;
        File.Delete(path);
        using IndexOutput output = directory.CreateOutput(name, IOContext.DEFAULT);
        output.WriteBytes(content, content.Length);
        if (checksum) CodecUtil.WriteFooter(output);
    }
}
