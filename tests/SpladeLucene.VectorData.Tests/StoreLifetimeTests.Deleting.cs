using System.Collections.Concurrent;
using Lucene.Net.Index;
using Lucene.Net.Util;
using Microsoft.Extensions.VectorData;
using SpladeLucene.VectorData.Tests.Support;

namespace SpladeLucene.VectorData.Tests;

/// <summary>Collections that are deleted while they are in use.</summary>
public sealed partial class StoreLifetimeTests
{
    [Fact]
    public async Task Commit_OfWhatIsDeletedMeanwhile_HasNothingToDo()
    {
        var pause = new PauseBeforeCommit();
        using var store = new SpladeVectorStore(new WordEncoder(), new()
        {
            Directory = _folder.Root, CommitOnWrite = false, ConfigureWriter = config => config.SetInfoStream(pause),
        });
        await FillAsync(store, "a", "b");
        pause.IsOn = true;

        Task committing = store.CommitAsync();
        await pause.Reached.Task;
        await store.EnsureCollectionDeletedAsync("a");
        pause.Over.Set();
        await committing;

        Assert.False(await store.CollectionExistsAsync("a"));
        var other = (IndexWriter)store.GetCollection<string, Article>("b").GetService(typeof(IndexWriter))!;
        Assert.False(other.HasUncommittedChanges());
        await FillAsync(store, "a");
        Assert.NotNull(await store.GetCollection<string, Article>("a").GetAsync("1"));
    }

    [Fact]
    public async Task Delete_RemovesTheFolderOfTheCollectionsImpactsAlone()
    {
        string impacts = _folder.PathOf("impacts");
        using var store = new SpladeVectorStore(new Remembering(), new() { Directory = _folder.PathOf("data"), ImpactFolder = impacts });
        await FillAsync(store, "a", "b");
        SpladeCollection<string, Article> collection = store.GetCollection<string, Article>("a");
        await collection.UpsertAsync(Large());
        Assert.NotEmpty(await collection.SearchAsync("w1", 5).IdsAsync());
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(impacts, "a")));
        Directory.CreateDirectory(Path.Combine(impacts, "b"));

        await store.EnsureCollectionDeletedAsync("a");

        Assert.Equal([Path.Combine(impacts, "b")], Directory.GetDirectories(impacts));
        Assert.Equal(["1", "2"], await store.GetCollection<string, Article>("b").SearchAsync("dog", 5).IdsAsync());
    }

    [Fact]
    public async Task Delete_OfWhatAnotherStoreWrites_IsRefusedAndLeavesItWhole()
    {
        using SpladeVectorStore other = Stores.In(_folder.Root);
        using SpladeVectorStore store = Stores.In(_folder.Root);
        await FillAsync(other, "a");

        var refused = await Assert.ThrowsAsync<VectorStoreException>(() => store.EnsureCollectionDeletedAsync("a"));

        Assert.Contains("'a' can't be deleted: another process", refused.Message, StringComparison.Ordinal);
        await FillAsync(other, "a");
        Assert.NotNull(await other.GetCollection<string, Article>("a").GetAsync("1"));
        other.Dispose();
        await store.EnsureCollectionDeletedAsync("a");
        Assert.Empty(Directory.GetDirectories(_folder.Root));
    }

    /// <summary>So much that a segment's impacts get a file, which takes a megabyte.</summary>
    private static IEnumerable<Article> Large()
    {
        string words = string.Join(' ', Enumerable.Range(0, 1000).Select(i => $"w{i}"));
        return Enumerable.Range(0, 500).Select(i => new Article { Id = $"l{i}", Meaning = words });
    }

    /// <summary>Encodes a text once.</summary>
    private sealed class Remembering : ISparseEncoder
    {
        private readonly WordEncoder _words = new();
        private readonly ConcurrentDictionary<string, SparseVector> _known = new(StringComparer.Ordinal);

        public ModelFingerprint Fingerprint => _words.Fingerprint;

        public SparseVector Encode(string text) => _known.GetOrAdd(text, _words.Encode);

        public Task<IReadOnlyList<SparseVector>> EncodeAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken = default) =>
            Task.FromResult<IReadOnlyList<SparseVector>>([.. texts.Select(Encode)]);

        public void Dispose()
        {
        }
    }

    /// <summary>Stops the first commit that it is to stop where a writer begins it, with no lock held.</summary>
    private sealed class PauseBeforeCommit : InfoStream
    {
        public volatile bool IsOn;

        public TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ManualResetEventSlim Over { get; } = new();

        public override bool IsEnabled(string component) => component == "IW";

        public override void Message(string component, string message)
        {
            if (!IsOn || !message.StartsWith("commit: start", StringComparison.Ordinal) || !Reached.TrySetResult()) return;
            Over.Wait(TimeSpan.FromMinutes(2));
        }

        protected override void Dispose(bool disposing)
        {
            Over.Dispose();
            base.Dispose(disposing);
        }
    }
}
