using System.Text.Json;
using SideBySide;
using SpladeLucene.Evaluation;

namespace SpladeLucene.Examples.Tests;

public sealed class PageMeasureTests(PageFixture page) : IClassFixture<PageFixture>
{
    // One judged query has its answer first; the other one's is behind "A dog barks".
    [Fact]
    public async Task Measure_UsualStrength_IsThatOfRightFirstHits()
    {
        JsonElement measured = await page.AskAsync("api/measure");
        JsonElement right = await page.AskAsync("api/search?q=" + Uri.EscapeDataString("doctor cures the sick"));
        JsonElement weak = await page.AskAsync("api/search?q=" + Uri.EscapeDataString("moon economy theory astronauts"));

        double usual = measured.GetProperty("weakness").GetProperty("usualStrength").GetDouble();
        Assert.Equal("4", Ids(right, "meaning").First());
        Assert.Equal(right.GetProperty("strength").GetDouble(), usual);
        Assert.InRange(weak.GetProperty("strength").GetDouble(), 0.01 * usual, 0.99 * usual);
    }

    [Fact]
    public async Task Measure_ChangedControls_EachHasItsEffect()
    {
        JsonElement own = await page.AskAsync("api/measure");
        JsonElement turned = await page.AskAsync("api/measure?expansion=0&fusion=0");

        Assert.Equal(2, own.GetProperty("queries").GetInt32());
        Assert.Empty(own.GetProperty("effects").EnumerateObject());
        Assert.Equal(["expansion", "fusion"],
            turned.GetProperty("effects").EnumerateObject().Select(effect => effect.Name).Order(StringComparer.Ordinal));
        double lost = Ndcg(turned, "fused") - Ndcg(await page.AskAsync("api/measure?expansion=0"), "fused");
        Assert.True(lost < 0);
        Assert.Equal(lost, turned.GetProperty("effects").GetProperty("fusion").GetProperty("fused")
            .GetProperty("mean").GetDouble(), 1e-9);
        Assert.Equal(Ndcg(turned, "words"), Ndcg(turned, "fused"), 1e-9);
    }

    // A model is compared with another one under the same controls, as far as they were moved.
    [Fact]
    public async Task Measure_OtherModelUnderAMovedControl_IsComparedUnderIt()
    {
        JsonElement small = await page.AskAsync("api/measure?model=splade-small-en&fusion=0");

        // Words alone decide in both, and only by its own weight would the other model's fused ranking be another.
        Assert.NotEqual(Ndcg(small, "fused"), Ndcg(await page.AskAsync("api/measure"), "fused"), 1e-9);
        Assert.Equal(0, small.GetProperty("effects").GetProperty("model").GetProperty("fused").GetProperty("mean").GetDouble(), 1e-9);
    }

    [Fact]
    public async Task Judged_EachQuery_HasTheRanksOfItsAnswers()
    {
        JsonElement rows = await page.AskAsync("api/judged");

        JsonElement answer = rows.EnumerateArray().Single(row => row.GetProperty("query").GetString() == "dog")
            .GetProperty("answers").EnumerateArray().Single();
        Assert.Equal("1", answer.GetProperty("id").GetString());
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("words").ValueKind);
        Assert.Equal(2, answer.GetProperty("meaning").GetInt32());
    }

    [Fact]
    public async Task Measure_KindsAndExamples_AreThoseOfTheSettings()
    {
        JsonElement whole = await page.AskAsync("api/measure"), empty = await page.AskAsync("api/measure?model=splade-small-en&expansion=0&floor=1");

        Assert.Equal(["one word", "several words"], whole.GetProperty("kinds").EnumerateArray().Select(kind => kind.GetProperty("kind").GetString()));
        foreach (JsonElement measured in new[] { whole, empty })
        {
            Assert.Equal(Ndcg(measured, "meaning"), measured.GetProperty("kinds").EnumerateArray()
                .Average(kind => kind.GetProperty("meaning").GetDouble()), 1e-9);
        }

        Assert.NotEqual(Ndcg(whole, "meaning"), Ndcg(empty, "meaning"));
        Assert.Contains("dog", Examples(whole));
        Assert.DoesNotContain("dog", Examples(empty));
    }

    [Fact]
    public async Task Measure_Weakness_CountsTheWrongFirstHitsThatItCatches()
    {
        JsonElement weakness = (await page.AskAsync("api/measure")).GetProperty("weakness");

        double ofWrong = (await page.AskAsync("api/search?q=dog")).GetProperty("strength").GetDouble();
        Assert.Equal(1, weakness.GetProperty("wrong").GetInt32());
        Assert.Equal(ofWrong < weakness.GetProperty("usualStrength").GetDouble() ? 1 : 0, weakness.GetProperty("noticed").GetInt32());
    }

    [Fact]
    public void Samples_QueriesWithCommonWords_ComeLast()
    {
        Judged[] rows = [Row("its", 1, true), Row("a", 0.2), Row("so", 0.9, true), Row("b", 0.5), Row("how", -1, true), Row("c", -0.1), Row("none", 0)];

        Assert.Equal(["b", "a", "its"], Samples.Won(rows).Select(row => row.Query.Text));
        Assert.Equal(["c", "how"], Samples.Lost(rows).Select(row => row.Query.Text));
    }

    // Of nine documents two have "train" and none "dogma".
    [Theory]
    [InlineData("the dogma", false)]
    [InlineData("dogma of trains", true)]
    public void HasCommonWord_WordOfMoreThanOneDocumentInTwenty_IsOne(string query, bool has) =>
        Assert.Equal(has, page.Rankings.HasCommonWord(query));

    [Fact]
    public async Task Judged_EachQuery_SaysHowManyWereFound()
    {
        JsonElement row = (await page.AskAsync("api/judged")).EnumerateArray().Single(row => row.GetProperty("query").GetString() == "dog");

        JsonElement answer = await page.AskAsync("api/search?q=dog");
        foreach (string total in new[] { "wordsTotal", "meaningTotal" })
            Assert.Equal(answer.GetProperty(total).GetInt32(), row.GetProperty(total).GetInt32());
    }

    private static Judged Row(string text, double gain, bool isCommon = false) => new(
        new CollectionQuery(text, text, new Dictionary<string, string>()), new Measures(0.5, 0, 0), new Measures(0.5 + gain, 0, 0), default, [], 0, 0, 0,
        new Times(0, 0, 0, 0), isCommon);

    private static IEnumerable<string?> Examples(JsonElement measured) =>
        measured.GetProperty("examples").EnumerateArray().Select(example => example.GetProperty("query").GetString());

    private static double Ndcg(JsonElement measured, string side) =>
        measured.GetProperty(side).GetProperty("ndcg").GetDouble();

    private static IEnumerable<string?> Ids(JsonElement answer, string column) =>
        answer.GetProperty(column).EnumerateArray().Select(hit => hit.GetProperty("id").GetString());
}
