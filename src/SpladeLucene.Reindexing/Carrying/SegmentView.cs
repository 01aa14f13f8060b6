using Lucene.Net.Codecs;
using Lucene.Net.Index;
using Lucene.Net.Store;
using Directory = Lucene.Net.Store.Directory;

namespace SpladeLucene.Reindexing.Carrying;

/// <summary>
/// One segment of an index as an index of its own, to be added to another as files. Only the list of segments is made
/// anew, in memory and in Lucene 4.8's format; everything else is read from the index.
/// </summary>
internal sealed class SegmentView : BaseDirectory
{
    private const string List = "segments_1";
    private const int ListVersion = SegmentInfos.VERSION_48;

    private readonly Directory _index;
    private readonly RAMDirectory _list = new();
    private readonly string[] _files;

    public SegmentView(Directory index, SegmentCommitInfo segment)
    {
        _index = index;
        _files = [.. segment.GetFiles()];
        // Nobody else has it.
        SetLockFactory(NoLockFactory.GetNoLockFactory());
        WriteList(segment);
    }

    public override string[] ListAll() => [List, .. _files];

    [Obsolete("As in the class that it overrides.")]
    public override bool FileExists(string name) => name == List || _files.Contains(name);

    public override long FileLength(string name) => Of(name).FileLength(name);

    public override IndexInput OpenInput(string name, IOContext context) => Of(name).OpenInput(name, context);

    public override void DeleteFile(string name) => throw new NotSupportedException();

    public override IndexOutput CreateOutput(string name, IOContext context) => throw new NotSupportedException();

    public override void Sync(ICollection<string> names)
    {
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _list.Dispose();
    }

    private Directory Of(string name) => name == List ? _list
        : _files.Contains(name) ? _index : throw new FileNotFoundException($"The segment has no file '{name}'.");

    private void WriteList(SegmentCommitInfo segment)
    {
        using IndexOutput output = _list.CreateOutput(List, IOContext.DEFAULT);
        CodecUtil.WriteHeader(output, "segments", ListVersion);
        output.WriteInt64(1);
        output.WriteInt32(1);
        output.WriteInt32(1);
        output.WriteString(segment.Info.Name);
        output.WriteString(segment.Info.Codec.Name);
        output.WriteInt64(segment.DelGen);
        output.WriteInt32(segment.DelCount);
        output.WriteInt64(segment.FieldInfosGen);
        // No migration updates doc values in place, and there is no user data.
        output.WriteInt32(0);
        output.WriteStringStringMap(new Dictionary<string, string>(StringComparer.Ordinal));
        CodecUtil.WriteFooter(output);
    }
}
