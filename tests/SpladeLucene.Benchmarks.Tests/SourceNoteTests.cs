using SpladeLucene.Benchmarks.Collections;

namespace SpladeLucene.Benchmarks.Tests;

public sealed class SourceNoteTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Says_NoteByHand_IsThatOfTheFile()
    {
        string source = _folder.Write("vectors.txt", "text"), made = _folder.Write("made.spv", "");
        File.SetLastWriteTimeUtc(source, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.False(SourceNote.Says(made, SourceNote.Of(source)));
        _folder.Write("made.spv.source", $"4 1577836800.0000000 {source}\n");
        Assert.True(SourceNote.Says(made, SourceNote.Of(source)));
        Assert.Equal(SourceNote.Of(source), SourceNote.Behind(made));
        File.SetLastWriteTimeUtc(source, DateTime.UtcNow);
        Assert.False(SourceNote.Says(made, SourceNote.Of(source)));
        Assert.Equal(SourceNote.Of(source), SourceNote.Behind(source));
    }

    [Fact]
    public void Make_BrokenOff_LeavesNoNote()
    {
        string made = _folder.Write("made.spv", "");
        SourceNote.Make(made, "one", () => { });
        Assert.True(SourceNote.Says(made, "one"));
        Assert.Throws<OperationCanceledException>(() => SourceNote.Make(made, "other", () => throw new OperationCanceledException()));
        Assert.False(SourceNote.Says(made, "one") || SourceNote.Says(made, "other"));
    }
}
