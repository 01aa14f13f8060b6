using Lucene.Net.Documents;
using Lucene.Net.Index;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SpladeLucene.Extensions.Tests.Support;

namespace SpladeLucene.Extensions.Tests.Indexes;

public sealed class WriteTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task UpdateAndDelete_ByKey_ReplaceAndRemove()
    {
        using IHost host = Articles.In(_folder.Root);
        ISpladeIndex index = await host.FillAsync();

        await index.UpdateAsync(Articles.Parse("""[{ "id": "1", "body": "an old cat" }]"""));
        await index.DeleteAsync(["3", "nobody's"]);
        Assert.Equal(3, index.Read(searcher => searcher.IndexReader.NumDocs));
        await index.RefreshAsync();

        Assert.Equal(2, index.Read(searcher => searcher.IndexReader.NumDocs));
        Assert.Equal(["1"], (await index.SearchAsync("cat")).Keys());
        Assert.Equal(["2"], (await index.SearchAsync("dog")).Keys());
    }

    [Fact]
    public async Task Add_Documents_ManyBatches_AreAllThere()
    {
        using IHost host = Articles.In(_folder.Root, o => o.BatchSize = 7);
        ISpladeIndex index = host.Index();
        IEnumerable<Document> documents = Enumerable.Range(0, 30).Select(i => TestIndex.Document(
            new StringField("id", $"{i}", Field.Store.YES), new TextField("body", i == 0 ? "" : "a dog", Field.Store.YES)));

        SpladeWriteResult written = await index.AddAsync(documents);
        await index.RefreshAsync();

        Assert.Equal(new SpladeWriteResult { Documents = 30, EmptyVectors = 1 }, written);
        Assert.Equal(29, (await index.SearchAsync("canine")).TotalHits);
    }

    [Fact]
    public async Task Update_EncoderFails_DegradesAsSet()
    {
        var log = new LogLines();
        using IHost strict = Articles.In(_folder.PathOf("strict"));
        using IHost lenient = Articles.In(_folder.PathOf("lenient"), o => o.WithoutVectorOnFailure = true, log.AddTo);
        string bad = $$"""[{ "id": "7", "body": "a dog" }, { "id": "8", "body": "{{WordEncoder.Unencodable}}" }, { "id": "9", "body": "a fox" }]""";

        var failure = await Assert.ThrowsAsync<SpladeDocumentException>(() => strict.Index().UpdateAsync(Articles.Parse(bad)));
        SpladeWriteResult written = await lenient.Index().UpdateAsync(Articles.Parse(bad));
        await lenient.Index().RefreshAsync();

        Assert.Equal("8", failure.Id);
        Assert.Equal(0, strict.Index().Writer.NumDocs);
        Assert.Equal(new SpladeWriteResult { Documents = 3, WithoutVector = 1 }, written);
        Assert.Equal((3, 1), lenient.Index().Read(searcher => SpladeCoverage.Of(searcher.IndexReader, "splade") is var coverage
            ? (coverage.Documents, coverage.Without) : default));
        Assert.Equal(["8"], (await lenient.Index().SearchAsync("nan", new() { Mode = SpladeSearchMode.Words })).Keys());
        Assert.Contains(log.Lines, line => line.Id.Id == 7 && line.Text.Contains("'8'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Update_SameKeyTwiceAndTheSecondFails_KeepsTheSecond()
    {
        using IHost host = Articles.In(_folder.Root, o => o.WithoutVectorOnFailure = true);

        await host.Index().UpdateAsync(Articles.Parse($$"""[{ "id": "1", "body": "a dog" }, { "id": "1", "body": "{{WordEncoder.Unencodable}}" }]"""));
        await host.Index().RefreshAsync();

        Assert.Equal(1, host.Index().Writer.NumDocs);
        Assert.Empty((await host.Index().SearchAsync("dog")).Hits);
    }

    [Fact]
    public async Task Update_EncoderFailsAgainForWhatStandsBefore_WritesAllInOrder()
    {
        using IHost host = Failing(_folder.Root, o => o.WithoutVectorOnFailure = true);
        string bad = WordEncoder.Unencodable;

        SpladeWriteResult written = await host.Index().UpdateAsync(Articles.Parse(
            $$"""[{ "id": "1", "body": "a dog" }, { "id": "2", "body": "{{bad}}" }, { "id": "3", "body": "a dog" }, { "id": "3", "body": "{{bad}}" }, { "id": "4", "body": "a dog" }]"""));
        await host.Index().RefreshAsync();

        Assert.Equal((5, 2), (written.Documents, written.WithoutVector));
        Assert.Equal(["1", "4"], (await host.Index().SearchAsync("canine", new() { Mode = SpladeSearchMode.Meaning })).Keys());
    }

    [Fact]
    public async Task Add_LuceneRefusesWhatIsWrittenWithoutAVector_IsCountedOverAll()
    {
        using IHost host = Failing(_folder.Root, o => (o.WithoutVectorOnFailure, o.BatchSize) = (true, 4));
        string tooLong = new('x', IndexWriter.MAX_TERM_LENGTH + 1);
        Document[] documents = [.. Enumerable.Range(0, 8).Select(i => TestIndex.Document(
            new StringField("id", $"{i}", Field.Store.YES),
            new TextField("body", i is 5 or 6 ? WordEncoder.Unencodable : "a dog", Field.Store.YES),
            new StringField("tag", i == 6 ? tooLong : "", Field.Store.NO)))];

        var failure = await Assert.ThrowsAsync<SpladeDocumentException>(() => host.Index().AddAsync(documents));

        Assert.Equal((6, "6"), (failure.Number, failure.Id));
        Assert.IsType<ArgumentException>(failure.InnerException, exactMatch: false);
        Assert.Equal(6, host.Index().Writer.NumDocs);
    }

    [Fact]
    public async Task Add_FailureInALaterBatch_IsCountedOverAll()
    {
        using IHost host = Articles.In(_folder.Root, o => o.BatchSize = 2);
        string five = string.Join(',', Enumerable.Range(0, 5).Select(i => $$"""{ "id": "{{i}}", "body": "{{(i == 4 ? WordEncoder.Unencodable : "a dog")}}" }"""));

        var failure = await Assert.ThrowsAsync<SpladeDocumentException>(() => host.Index().UpdateAsync(Articles.Parse($"[{five}]")));

        Assert.Equal((4, "4"), (failure.Number, failure.Id));
    }

    [Fact]
    public async Task Json_EachKindOfValue_BecomesAField()
    {
        using IHost host = Articles.In(_folder.Root);
        ISpladeIndex index = await host.FillAsync();

        SpladeSearchHit first = (await index.SearchAsync("train")).Hits[0];
        SpladeSearchHit third = (await index.SearchAsync("fox")).Hits[0];

        Assert.Equal(["pets", "sport"], first.Document.GetValues("tags"));
        Assert.Equal((2020.0, "Guide"), (first.Document.GetField("year").GetDoubleValue(), first["kind"]));
        Assert.Equal(("3", null), (third.Key, third["note"]));
        Assert.Equal(1, index.Read(searcher => searcher.IndexReader.DocFreq(new Term("draft", "false"))));
    }

    [Theory]
    [InlineData("""[{ "id": "1" }, { "body": "no key" }]""", "JSON document 1 can't be indexed: it has exactly one 'id'")]
    [InlineData("""[{ "id": ["1", "2"] }]""", "exactly one 'id', a text or a number, and this one has 2")]
    [InlineData("""[{ "id": null }]""", "this one has none")]
    [InlineData("""[{ "id": "1", "splade": 5 }]""", "has a field 'splade', which the index makes itself")]
    [InlineData("""[{ "id": "1", "body": { "en": "dog" } }]""", "its member 'body' holds Object")]
    [InlineData("""[{ "id": "1" }, "text"]""", "JSON document 1 can't be indexed: it is no object but String.")]
    public async Task Json_ThatIsNoDocument_IsRefusedByName(string json, string expected)
    {
        using IHost host = Articles.In(_folder.Root);

        var refused = await Assert.ThrowsAsync<ArgumentException>(() => host.Index().UpdateAsync(Articles.Parse(json)));

        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, host.Index().Writer.NumDocs);
    }

    [Fact]
    public async Task Update_KeyThatIsCutIntoWords_IsRefused()
    {
        using IHost host = Articles.In(_folder.Root);
        Document document = TestIndex.Document(new TextField("id", "two words", Field.Store.YES));

        await Assert.ThrowsAsync<ArgumentException>(() => host.Index().UpdateAsync([document]));
    }

    [Fact]
    public async Task Writer_UsedByItself_EncodesToo()
    {
        using IHost host = Articles.In(_folder.Root);
        ISpladeIndex index = host.Index();
        index.Writer.AddDocument(index.Definition.AddTo(TestIndex.Document(
            new StringField("id", "1", Field.Store.YES), new TextField("body", "a dog", Field.Store.YES))));
        await index.RefreshAsync();

        Assert.Equal(["1"], (await index.SearchAsync("canine")).Keys());
    }

    [Fact]
    public async Task Write_Metered_CountsDocumentsWithoutAVector()
    {
        var counted = new Dictionary<string, long>(StringComparer.Ordinal);
        using var listener = new System.Diagnostics.Metrics.MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Name.StartsWith("splade.index.", StringComparison.Ordinal)) self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, measured, tags, _) =>
        {
            Dictionary<string, object?> all = new(tags.ToArray(), StringComparer.Ordinal);
            if (!Equals(all["splade.index"], "metered")) return;
            string name = $"{instrument.Name} {all.GetValueOrDefault("reason")}".TrimEnd();
            lock (counted) counted[name] = counted.GetValueOrDefault(name) + measured;
        });
        listener.Start();
        using IHost host = Hosts.Build(services => services.AddSplade(o => o.EncoderFactory = _ => new WordEncoder()).AddSpladeIndex("metered",
            o => (o.Directory, o.Sources, o.WithoutVectorOnFailure) = (_folder.Root, ["body"], true)));

        await host.Index().UpdateAsync(Articles.Parse(
            $$"""[{ "id": "1", "body": "a dog" }, { "id": "2", "body": "{{WordEncoder.Unencodable}}" }, { "id": "3", "body": "" }, { "id": "4", "body": "..." }]"""));

        Assert.Equal(4, counted["splade.index.documents"]);
        Assert.Equal(1, counted["splade.index.documents.without_vector encoder_failed"]);
        Assert.Equal(2, counted["splade.index.documents.without_vector no_terms"]);
    }

    private static IHost Failing(string folder, Action<SpladeIndexOptions> configure) => Hosts.Build(services => services
        .AddSplade(o => o.EncoderFactory = _ => new LastFirst()).AddSpladeIndex("articles", o =>
        {
            (o.Directory, o.Sources) = (folder, ["body"]);
            configure(o);
        }));

    /// <summary>Tells of the last text that it can't encode, however many stand before it.</summary>
    private sealed class LastFirst : ISparseEncoder
    {
        private readonly WordEncoder _words = new();

        public ModelFingerprint Fingerprint => _words.Fingerprint;

        public SparseVector Encode(string text) => _words.Encode(text);

        public Task<IReadOnlyList<SparseVector>> EncodeAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken)
        {
            int bad = texts.ToList().LastIndexOf(WordEncoder.Unencodable);
            return bad >= 0 ? throw new SparseEncodingException(bad, "The model put out NaN") : _words.EncodeAsync(texts, cancellationToken);
        }

        public void Dispose()
        {
        }
    }
}
