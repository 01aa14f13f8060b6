using System.Runtime.CompilerServices;
using Lucene.Net.Documents;
using Lucene.Net.Index;

namespace SpladeLucene.Tests;

/// <summary>Documents that can't be added, and what becomes of those beside them.</summary>
public sealed partial class SpladeIndexerTests
{
    [Fact]
    public async Task AddAsync_SecondValueUnderTermFrequency_IsRefused()
    {
        SpladeDocument document = MakeDocument(0, "dog");
        document.Document.Add(new TextField("splade", "fox", Field.Store.NO));
        var frequencies = new SpladeIndexerOptions { Format = new ImpactFormat { Encoding = WeightEncoding.TermFrequency } };

        var error = await Assert.ThrowsAsync<SpladeDocumentException>(() => Indexer(frequencies).AddAsync([document]));

        Assert.Contains("add the frequencies", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, _writer.NumDocs);
    }

    [Fact]
    public async Task AddAsync_DocumentThatCannotBeRead_AddsTheBatchBeforeIt()
    {
        IEnumerable<SpladeDocument> documents = Documents(10).Select((document, place) =>
            place == 5 ? throw new InvalidDataException("line 6") : document);
        await Assert.ThrowsAsync<InvalidDataException>(
            () => Indexer(new SpladeIndexerOptions { BatchSize = 4 }).AddAsync(documents));
        Assert.Equal(4, _writer.NumDocs);
    }

    [Fact]
    public async Task AddAsync_Cancelled_KeepsWholeBatchesOnly()
    {
        using var cancellation = new CancellationTokenSource();
        var indexer = Indexer(new SpladeIndexerOptions { BatchSize = 4 });
        IEnumerable<SpladeDocument> documents = Documents(10).Select((document, place) =>
        {
            if (place == 6) cancellation.Cancel();
            return document;
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => indexer.AddAsync(documents, progress: null, cancellation.Token));

        Assert.Equal(4, _writer.NumDocs);
    }

    [Fact]
    public async Task AddAsync_VectorThatCannotBeIndexed_NamesTheDocumentAndAddsNothingOfItsBatch()
    {
        var indexer = Indexer(new SpladeIndexerOptions { BatchSize = 4, IdField = "id" });
        SpladeDocument[] documents = [.. Documents(5), MakeDocument(5, new string('x', 40_000))];

        var error = await Assert.ThrowsAsync<SpladeDocumentException>(() => indexer.AddAsync(documents));

        Assert.Equal((5, "id5"), (error.Number, error.Id));
        Assert.Contains("id5", error.Message, StringComparison.Ordinal);
        Assert.Equal(4, _writer.NumDocs);
    }

    [Fact]
    public async Task AddAsync_TextThatCannotBeEncoded_NamesTheDocument()
    {
        var indexer = Indexer(new SpladeIndexerOptions { BatchSize = 4, IdField = "id" });

        var error = await Assert.ThrowsAsync<SpladeDocumentException>(
            () => indexer.AddAsync([.. Documents(5), MakeDocument(5, WordEncoder.Unencodable)]));

        Assert.Equal((5, "id5"), (error.Number, error.Id));
        Assert.IsType<SparseEncodingException>(error.InnerException);
        Assert.Equal(4, _writer.NumDocs);
    }

    [Fact]
    public async Task AddAsync_AfterARejection_TheOtherDocumentsAreAsTheyWere()
    {
        var indexer = Indexer(new SpladeIndexerOptions());
        SpladeDocument[] documents = [.. Documents(2), MakeDocument(2, new string('x', 40_000))];
        await Assert.ThrowsAsync<SpladeDocumentException>(() => indexer.AddAsync(documents));

        await indexer.AddAsync(documents[..2]);

        Assert.All(documents, document => Assert.Single(document.Document.Fields));
        Assert.Equal(2, _writer.NumDocs);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public async Task AddAsync_AnotherNumberOfVectorsThanTexts_IsRefused(int vectors)
    {
        var encoder = new FaultyEncoder(() => [.. Enumerable.Repeat(SparseVector.Empty, vectors)]);

        var error = await Assert.ThrowsAsync<InvalidOperationException>(
            () => new SpladeIndexer(_writer, encoder, "splade").AddAsync(Documents(3)));

        Assert.Contains($"3 texts and returned {vectors} vectors", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, _writer.NumDocs);
    }

    [Fact]
    public async Task AddAsync_FailureOfATextThatWasNotGiven_IsPassedOn()
    {
        var encoder = new FaultyEncoder(() => throw new SparseEncodingException(7, "too long"));

        await Assert.ThrowsAsync<SparseEncodingException>(
            () => new SpladeIndexer(_writer, encoder, "splade").AddAsync(Documents(3)));
    }

    [Theory]
    [InlineData(true, "Its Document is null")]
    [InlineData(false, "Its Text is null")]
    public async Task AddAsync_NoDocumentOrNoText_NamesItsPlace(bool document, string reason)
    {
        SpladeDocument bad = document ? new SpladeDocument(null!, "fox") : MakeDocument(2, null!);

        var error = await Assert.ThrowsAsync<SpladeDocumentException>(
            () => Indexer(new SpladeIndexerOptions { IdField = "id" }).AddAsync([.. Documents(2), bad]));

        Assert.Equal(2, error.Number);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddAsync_FailsWhereTheNextBatchHasFailedToo_LeavesNoExceptionUnobserved()
    {
        var unobserved = new List<string>();
        void Note(object? sender, UnobservedTaskExceptionEventArgs problem)
        {
            lock (unobserved) unobserved.AddRange(problem.Exception.InnerExceptions.Select(inner => inner.Message));
        }

        TaskScheduler.UnobservedTaskException += Note;
        try
        {
            await FailTwiceAsync();
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= Note;
        }

        Assert.DoesNotContain(unobserved, message => message.Contains("number 1 ", StringComparison.Ordinal));
    }

    // Of its own, so that no local keeps the failed task alive.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private Task<SpladeDocumentException> FailTwiceAsync()
    {
        SpladeDocument refused = MakeDocument(0, "dog");
        refused.Document.Add(new StringField("long", new string('x', IndexWriter.MAX_TERM_LENGTH + 1), Field.Store.NO));
        return Assert.ThrowsAsync<SpladeDocumentException>(() => Indexer(new SpladeIndexerOptions { BatchSize = 1 })
            .AddAsync([refused, MakeDocument(1, WordEncoder.Unencodable)]));
    }
}
