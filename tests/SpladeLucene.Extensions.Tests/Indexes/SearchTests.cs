using Lucene.Net.Index;
using Lucene.Net.Queries;
using Lucene.Net.Search;
using Microsoft.Extensions.Hosting;
using SpladeLucene.Extensions.Tests.Support;

namespace SpladeLucene.Extensions.Tests.Indexes;

public sealed class SearchTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Search_EachMode_FindsByWordsMeaningOrBoth()
    {
        using IHost host = Articles.In(_folder.Root);
        ISpladeIndex index = await host.FillAsync();

        SpladeSearchResult words = await index.SearchAsync("dog", new() { Mode = SpladeSearchMode.Words });
        SpladeSearchResult meaning = await index.SearchAsync("dog", new() { Mode = SpladeSearchMode.Meaning });
        SpladeSearchResult both = await index.SearchAsync("dog");

        Assert.Equal(["1"], words.Keys());
        Assert.Null(words.Hits[0].MeaningScore);
        Assert.Equal(["1", "2"], meaning.Keys());
        Assert.Null(meaning.Hits[0].WordsScore);
        Assert.Equal(["1", "2"], both.Keys());
        Assert.Equal(2, both.TotalHits);
        Assert.Equal(words.Hits[0].WordsScore, both.Hits[0].WordsScore);
        Assert.Equal(meaning.Hits.Select(hit => hit.MeaningScore), both.Hits.Select(hit => hit.MeaningScore));
        Assert.Null(both.Hits[1].WordsScore);
        Assert.Equal("a sick canine", both.Hits[1]["body"]);
        Assert.Null(both.MeaningFailure);
    }

    [Fact]
    public async Task Search_AsTheHybridSearcherDoes()
    {
        using IHost host = Articles.In(_folder.Root, o => o.MeaningWeight = 0.25);
        ISpladeIndex index = await host.FillAsync();

        SpladeSearchResult found = await index.SearchAsync("sick fox dog");
        HybridTopDocs expected = index.Read(searcher =>
        {
            var words = new BooleanQuery(disableCoord: true);
            foreach (string field in new[] { "title", "body" })
                foreach (string word in new[] { "sick", "fox", "dog" }) words.Add(new TermQuery(new Term(field, word)), Occur.SHOULD);
            SpladeQuery meaning = index.Definition.CreateQuery(searcher.IndexReader, "sick fox dog");
            return new HybridSearcher(searcher).Search(new HybridQuery(words, meaning) { MeaningWeight = 0.25 }, 10);
        });

        Assert.Equal(3, found.TotalHits);
        Assert.Equal(expected.Hits.Select(hit => hit.Score), found.Hits.Select(hit => hit.Score));
        Assert.NotEqual(found.Hits.Select(hit => hit.Score),
            (await index.SearchAsync("sick fox dog", new() { MeaningWeight = 0.75 })).Hits.Select(hit => hit.Score));
    }

    [Fact]
    public async Task Search_FilteredAndPaged_FindsTheSame()
    {
        using IHost host = Articles.In(_folder.Root);
        ISpladeIndex index = await host.FillAsync();
        var guides = new TermFilter(new Term("kind", "Guide"));
        var recent = NumericRangeFilter.NewDoubleRange("year", 2021, null, true, true);

        Assert.Equal(["1"], (await index.SearchAsync("canine", new() { Filter = guides })).Keys());
        Assert.Equal(["2"], (await index.SearchAsync("dog", new() { Filter = recent })).Keys());
        Assert.Equal(["2"], (await index.SearchAsync("dog", new() { Skip = 1, Count = 1 })).Keys());
        Assert.Empty((await index.SearchAsync("dog", new() { Skip = 5 })).Hits);
        Assert.Equal(["3"], (await index.SearchAsync("none", new() { Words = new TermQuery(new Term("title", "foxes")) })).Keys());
    }

    [Fact]
    public async Task Search_NothingToSearchFor_FindsNothing()
    {
        using IHost host = Articles.In(_folder.Root);

        Assert.Equal(0, (await host.Index().SearchAsync("dog")).TotalHits);
        ISpladeIndex index = await host.FillAsync();
        foreach (SpladeSearchMode mode in Enum.GetValues<SpladeSearchMode>())
            Assert.Equal(0, (await index.SearchAsync("", new() { Mode = mode })).TotalHits);
    }

    [Fact]
    public async Task Search_TextOfManyWords_IsAnswered()
    {
        using IHost host = Articles.In(_folder.Root);
        ISpladeIndex index = await host.FillAsync();
        string text = "dog " + string.Join(' ', Enumerable.Range(0, 3000).Select(i => $"w{i}"));

        Assert.Equal("1", (await index.SearchAsync(text, new() { Mode = SpladeSearchMode.Words })).Keys()[0]);
    }

    [Fact]
    public async Task Search_EncoderFails_DegradesAsSet()
    {
        var log = new LogLines();
        using IHost strict = Articles.In(_folder.PathOf("strict"));
        using IHost lenient = Articles.In(_folder.PathOf("lenient"), o => o.WordsAloneOnFailure = true, log.AddTo);
        ISpladeIndex index = await lenient.FillAsync();
        await index.UpdateAsync(Articles.Parse("""[{ "id": "4", "body": "NaN numbers" }]"""));
        await index.RefreshAsync();

        SpladeSearchResult found = await index.SearchAsync(WordEncoder.Unencodable);
        SpladeSearchResult meaning = await index.SearchAsync(WordEncoder.Unencodable, new() { Mode = SpladeSearchMode.Meaning });

        Assert.Equal(["4"], found.Keys());
        Assert.Equal(["4"], meaning.Keys());
        Assert.NotNull(found.MeaningFailure);
        Assert.Contains(log.Lines, line => line.Id.Id == 6);
        await strict.FillAsync();
        await Assert.ThrowsAsync<SparseEncodingException>(() => strict.Index().SearchAsync(WordEncoder.Unencodable));
    }

    [Fact]
    public void Request_OutOfItsRanges_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new SpladeSearchRequest { Count = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SpladeSearchRequest { Skip = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SpladeSearchRequest { MeaningWeight = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SpladeSearchRequest { Mode = (SpladeSearchMode)3 });
    }

    [Fact]
    public async Task Request_ThatContradictsItselfOrTheIndex_IsRefusedByName()
    {
        using IHost host = Articles.In(_folder.PathOf("scores"));
        using IHost ranks = Articles.In(_folder.PathOf("ranks"), o => o.ConfigureHybrid = hybrid => hybrid with { RankConstant = 60 });

        async Task Refused(IHost of, SpladeSearchRequest request, string said) => Assert.Contains(said,
            (await Assert.ThrowsAsync<ArgumentException>(() => of.Index().SearchAsync("dog", request))).Message, StringComparison.Ordinal);
        await Refused(ranks, new() { MeaningWeight = 0.5 }, "RankConstant");
        await Refused(host, new() { MeaningWeight = 0.5, Mode = SpladeSearchMode.Words }, "MeaningWeight goes with Hybrid");
        await Refused(host, new() { Floor = ScoreFloor.None, Mode = SpladeSearchMode.Words }, "Floor is the meaning's");

        Assert.Equal(["1", "2"], (await (await ranks.FillAsync()).SearchAsync("dog")).Keys());
    }

    [Fact]
    public async Task ReadAsync_KeepsTheSearcherOpen_UntilItsTaskEnds()
    {
        using IHost host = Articles.In(_folder.Root);
        ISpladeIndex index = await host.FillAsync();

        int documents = await index.ReadAsync(async (searcher, stop) =>
        {
            await index.DeleteAsync(["1"], stop);
            await index.RefreshAsync(stop);
            Assert.True(searcher.IndexReader.RefCount > 0);
            return searcher.IndexReader.NumDocs;
        });

        Assert.Equal((3, 2), (documents, index.Read(searcher => searcher.IndexReader.NumDocs)));
    }
}
