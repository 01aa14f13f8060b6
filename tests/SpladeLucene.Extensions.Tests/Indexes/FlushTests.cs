using Lucene.Net.Index;
using Lucene.Net.Store;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SpladeLucene.Extensions.Tests.Support;
using SpladeLucene.Indexes;
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
        IHost host = Articles.In("", o => (o.Directory, o.DirectoryFactory) = (null, _ => failing));
        ISpladeIndex index = await host.FillAsync();
        await index.CommitAsync();
        await index.UpdateAsync(Articles.Json.Take(1));
        failing.Fails = true;
        await Assert.ThrowsAsync<IOException>(() => index.RefreshAsync());
        failing.Fails = false;

        string message = (await Assert.ThrowsAsync<IndexRefusedException>(() => index.RefreshAsync())).Message;
        Assert.StartsWith("The index 'articles' couldn't be written to, and may lack what was written since", message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<IndexRefusedException>(() => index.CommitAsync());
        await Assert.ThrowsAsync<IndexRefusedException>(() => index.UpdateAsync(Articles.Json));
        await Assert.ThrowsAsync<IndexRefusedException>(() => index.DeleteAsync(["1"]));
        Assert.Equal(3, (await index.SearchAsync("dog fox")).TotalHits);
        Assert.Throws<IndexRefusedException>(host.Dispose);
        using DirectoryReader committed = DirectoryReader.Open(disk);
        Assert.Equal(3, committed.NumDocs);
    }

    [Fact]
    public async Task Add_EncoderCannotBeReachedForAWhile_LosesNothing()
    {
        using var disk = new RAMDirectory();
        var encoder = new RemoteEncoder();
        using (IHost host = Articles.In("", o => (o.Directory, o.DirectoryFactory) = (null, _ => new FailingDirectory(disk)),
            services => services.AddSplade(o => o.EncoderFactory = _ => encoder)))
        {
            ISpladeIndex index = host.Index();
            await index.UpdateAsync(Articles.Json.Take(1));
            encoder.IsAway = true;
            await Assert.ThrowsAsync<IOException>(() => index.UpdateAsync(Articles.Json));
            encoder.IsAway = false;
            await index.UpdateAsync(Articles.Json.Skip(1));
        }

        using DirectoryReader committed = DirectoryReader.Open(disk);
        Assert.Equal(3, committed.NumDocs);
    }

    /// <summary>An encoder somewhere else, whose connection breaks off.</summary>
    private sealed class RemoteEncoder : ISparseEncoder
    {
        private readonly WordEncoder _inner = new();

        public bool IsAway { get; set; }

        public ModelFingerprint Fingerprint => _inner.Fingerprint;

        public SparseVector Encode(string text) => IsAway ? throw new IOException("Connection reset by peer") : _inner.Encode(text);

        public Task<IReadOnlyList<SparseVector>> EncodeAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken) =>
            IsAway ? throw new IOException("Connection reset by peer") : _inner.EncodeAsync(texts, cancellationToken);

        public void Dispose() => _inner.Dispose();
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
