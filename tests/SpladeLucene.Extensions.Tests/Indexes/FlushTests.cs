using Lucene.Net.Index;
using Lucene.Net.Store;
using Microsoft.Extensions.Hosting;
using SpladeLucene.Extensions.Tests.Support;
using Directory = Lucene.Net.Store.Directory;

namespace SpladeLucene.Extensions.Tests.Indexes;

/// <summary>What becomes of documents where Lucene drops them, since the disk couldn't take them.</summary>
public sealed class FlushTests
{
    [Fact]
    public async Task Refresh_DiskIsFullForAWhile_CommitsNothingThatLacksWhatWasWritten()
    {
        using var disk = new RAMDirectory();
        var failing = new FailingDirectory(disk);
        using (IHost host = Articles.In("", o => (o.Directory, o.DirectoryFactory) = (null, _ => failing)))
        {
            ISpladeIndex index = await host.FillAsync();
            await index.CommitAsync();
            await index.UpdateAsync(Articles.Json.Take(1));
            failing.Fails = true;
            await Assert.ThrowsAsync<IOException>(() => index.RefreshAsync());
            failing.Fails = false;

            string message = (await Assert.ThrowsAsync<SpladeLucene.Indexes.IndexRefusedException>(() => index.RefreshAsync())).Message;
            Assert.StartsWith("The index 'articles' couldn't be written to, and may lack what was written since", message, StringComparison.Ordinal);
            foreach (Func<Task> write in new Func<Task>[]
            {
                () => index.CommitAsync(), () => index.UpdateAsync(Articles.Json), () => index.DeleteAsync(["1"]),
            })
            {
                await Assert.ThrowsAsync<SpladeLucene.Indexes.IndexRefusedException>(write);
            }

            Assert.Equal(3, (await index.SearchAsync("dog fox")).TotalHits);
        }

        using DirectoryReader committed = DirectoryReader.Open(disk);
        Assert.Equal(3, committed.NumDocs);
    }

    private sealed class FailingDirectory(Directory inner) : FilterDirectory(inner)
    {
        public bool Fails { get; set; }

        public override IndexOutput CreateOutput(string name, IOContext context) =>
            Fails ? throw new IOException("No space left on device") : base.CreateOutput(name, context);

#pragma warning disable CA2215 // The inner one is the test's to dispose.
        protected override void Dispose(bool disposing)
        {
        }
#pragma warning restore CA2215
    }
}
