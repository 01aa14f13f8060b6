using System.Collections.Frozen;
using System.Linq.Expressions;
using Microsoft.Extensions.VectorData;
using SpladeLucene.VectorData.Tests.Support;

namespace SpladeLucene.VectorData.Tests.Filters;

/// <summary>Each filter finds the records for which it is true in .NET, whoever asks.</summary>
public sealed class FilterTests : IAsyncLifetime
{
    private static readonly int StaticYear = 2024;

    private readonly SpladeVectorStore _store = Stores.InMemory();
    private SpladeCollection<string, Article> _collection = null!;

    private static Expression<Func<Article, bool>>[] Filters
    {
        get
        {
            int year = 2024;
            double nan = double.NaN;
            int? pages = 8, none = null;
            string? nothing = null;
            string[] wanted = ["pets", "wild"];
            decimal[] costs = [0.0m, 1.500m, -1];
            double[] prices = [0.5, double.NaN];
            float[] ratings = [-0f, float.NaN];
            var outer = new { Inner = new { Year = 2024, Tags = wanted } };
            string[] titles = ["Training", "nobody", "Un\"usual\\ 'tit*le"];
            List<string> names = ["Bob", "nobody"];
            List<int> years = [2020, -1];
            HashSet<string?> set = [null, "Training"];
            DateTimeOffset day = new(2024, 1, 2, 0, 0, 0, TimeSpan.Zero);
            return
            [
                a => a.Year == 2024, a => 2024 == a.Year, a => a.Year != 2024, a => a.Year == year, a => a.Year == StaticYear,
                a => a.Year > 2020, a => a.Year >= 2020, a => a.Year < 2024, a => a.Year <= 2024, a => 2020 < a.Year, a => a.Year > int.MinValue,
                a => (long)a.Year == 2024L, a => checked((long)a.Year > year), a => a.Year == (int)'\u07e8', a => a.Pages != null && (int)a.Pages == 8,
                a => a.Title == "Training", a => a.Title != "Training", a => a.Title == null, a => a.Title != null, a => a.Title == nothing,
                a => a.Title == "Un\"usual\\ 'tit*le", a => a.Title == "train",
                a => a.Pages == 8, a => a.Pages == pages, a => a.Pages == none, a => a.Pages != 8, a => a.Pages > 0, a => !(a.Pages > 0),
                a => a.Pages.HasValue, a => !a.Pages.HasValue, a => a.Pages == null, a => a.Pages < none, a => a.Year == pages!.Value,
                a => a.Draft, a => !a.Draft, a => a.Draft == true, a => a.Draft || !a.Draft, a => a.Draft != false,
                a => a.Price > 0, a => a.Price <= 0.5, a => a.Price != 12.25, a => a.Price == nan, a => a.Price > -4.5f, a => a.Price < 1,
                a => prices.Contains(a.Price), a => !prices.Contains(a.Price), a => ratings.Contains(a.Rating),
                a => a.Cost == 1.5m, a => a.Cost != 0, a => a.Cost > 0, a => a.Cost <= 1.5m, a => a.Cost < 0, a => a.Cost < year, a => costs.Contains(a.Cost),
                a => a.Rating == 0f, a => a.Rating > 0.1f, a => a.Rating >= 0.1, a => a.Rating < 3,
                a => a.Published == day, a => a.Published > day, a => a.Published <= new DateTimeOffset(2024, 1, 2, 0, 0, 0, TimeSpan.Zero),
                a => a.Published > day.AddYears(-1), a => a.Published != day,
                a => a.Tags.Contains("wild"), a => a.Editors!.Contains("Ann") && a.Year > 0, a => !a.Tags.Contains("sport"),
                a => a.Year == outer.Inner.Year, a => a.Tags.Any(tag => outer.Inner.Tags.Contains(tag)), a => a.Editors!.Any(editor => names.Contains(editor)),
                a => MemoryExtensions.Contains(a.Tags, "sport"), a => MemoryExtensions.Contains(a.Tags, "sport", null),
                a => Enumerable.Contains(a.Tags, "sport"), a => a.Tags.Any(tag => wanted.Contains(tag)),
                a => a.Tags.Any(tag => new[] { "sport", "x" }.Contains(tag)), a => a.Editors == null, a => a.Editors != null,
                a => titles.Contains(a.Title), a => years.Contains(a.Year), a => set.Contains(a.Title), a => new[] { 2024, 7 }.Contains(a.Year),
                a => new List<string> { "1", "3" }.Contains(a.Id), a => Array.Empty<int>().Contains(a.Year), a => a.Id == "2",
                a => a.Year == 2024 && a.Title == "Canine health", a => a.Year == 2020 || a.Title == null,
                a => !(a.Year == 2024 && a.Draft), a => !(a.Year == 2020 || a.Draft), a => !(a.Year != 2020),
                a => (a.Year == 2020 || a.Year == 2024) && a.Tags.Contains("wild"), a => true, a => false, a => year == 2024, a => a.Draft & a.Year > 0,
            ];
        }
    }

    public async Task InitializeAsync() => _collection = await _store.FilledAsync();

    public Task DisposeAsync()
    {
        _store.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Filters_FindWhatDotNetFinds()
    {
        foreach (Expression<Func<Article, bool>> filter in Filters)
        {
            string[] expected = [.. Stores.Articles.Where(Tolerant(filter)).Select(article => article.Id)];
            string[] found = [.. (await _collection.GetAsync(filter, top: 10).ListAsync()).Select(article => article.Id)];
            Assert.True(expected.SequenceEqual(found), $"{filter}: [{string.Join(", ", found)}], not [{string.Join(", ", expected)}]");
        }
    }

    [Fact]
    public async Task Filters_OfDynamicRecords_AreTheSame()
    {
        SpladeCollection<object, Dictionary<string, object?>> records = _store.GetDynamicCollection(Stores.Name, DynamicTests.Definition);
        int year = 2024;
        string key = "Title";
        string[] wanted = ["sport", "Training"];

        Assert.Equal(["2", "3"], Ids(await records.GetAsync(r => (int)r["Year"]! == year, top: 5).ListAsync()));
        Assert.Equal(["2"], Ids(await records.GetAsync(r => (bool)r["Draft"]!, top: 5).ListAsync()));
        Assert.Equal(["1"], Ids(await records.GetAsync(r => (string?)r[key] == "Training", top: 5).ListAsync()));
        Assert.Equal(["3"], Ids(await records.GetAsync(r => r["Title"] == null, top: 5).ListAsync()));
        Assert.Equal(["3", "4"], Ids(await records.GetAsync(r => ((string[])r["Tags"]!).Contains("wild"), top: 5).ListAsync()));
        Assert.Equal(["1", "4"], Ids(await records.GetAsync(r => ((string[])r["Tags"]!).Any(tag => wanted.Contains(tag)), top: 5).ListAsync()));
        Assert.Equal(["1"], Ids(await records.GetAsync(r => wanted.Contains(r["Title"]), top: 5).ListAsync()));
        Assert.Equal(["1", "3", "4"], Ids(await records.GetAsync(r => !(bool)r["Draft"]! || (string?)r["Title"] == "x", top: 5).ListAsync()));
        Assert.Equal(["1", "4"], Ids(await records.GetAsync(r => new[] { 2020, -1 }.Contains((int)r["Year"]!), top: 5).ListAsync()));
        var unknown = await Assert.ThrowsAsync<InvalidOperationException>(() => records.GetAsync(r => (string?)r["Nobody"] == "", top: 5).ListAsync());
        Assert.Contains("'Nobody'", unknown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Contains_OfThousands_IsAnswered()
    {
        int[] years = [.. Enumerable.Range(2000, 5000)];

        Assert.Equal(3, (await _collection.GetAsync(article => years.Contains(article.Year), top: 10).ListAsync()).Count);
    }

    [Theory]
    [MemberData(nameof(Untranslatable))]
    public async Task Filter_ThatLuceneCantSay_IsRefusedWithItsPart(Expression<Func<Article, bool>> filter, string said)
    {
        Exception refused = (await Record.ExceptionAsync(() => _collection.GetAsync(filter, top: 1).ListAsync()))!;

        Assert.IsType<NotSupportedException>(refused);
        Assert.Contains(said, refused.Message, StringComparison.Ordinal);
    }

    public static TheoryData<Expression<Func<Article, bool>>, string> Untranslatable => new()
    {
        { a => a.Title!.StartsWith("Tr", StringComparison.Ordinal), "StartsWith" },
        { a => a.Title!.Contains("Tr"), "Contains(\"Tr\")" },
        { a => a.Note == "n1", "'Note' isn't indexed" },
        { a => a.Meaning == "dog", "'Meaning' is a vector" },
        { a => a.Year == a.Pages, "not with another property" },
        { a => a.Year + 1 == 2021, "Year + 1" },
        { a => (int)a.Rating == 4, "(a.Rating, Int32)" },
        { a => (byte)a.Year == 232, "(a.Year, Byte)" },
        { a => (float)a.Price == 0.5f, "(a.Price, Single)" },
        { a => (int)a.Cost == 1, "Decimal isn't compared with a Int32" },
        { a => a.Title!.Length > 3, "Length" },
        { a => a.Year > 0.5, "Int64 isn't compared with a Double" },
        { a => a.Tags.Any(), "Any" },
        { a => a.Tags.Any(tag => tag == "x"), "of Any" },
        { a => a.Tags == new[] { "x" }, "what it contains" },
        { a => a.Year == 2024 ? a.Draft : a.Draft, "IIF" },
    };

    [Fact]
    public async Task Filter_OverANullsValue_IsRefusedWithItsPart()
    {
        int? none = null;

        var refused = await Assert.ThrowsAsync<NotSupportedException>(() => _collection.GetAsync(a => a.Year == none!.Value, top: 1).ListAsync());

        Assert.Contains("none.Value", refused.Message, StringComparison.Ordinal);
        Assert.IsType<InvalidOperationException>(refused.InnerException);
    }

    [Fact]
    public async Task Filter_ThatOneSideDecides_NeedsNoValueOfTheOther()
    {
        int? year = null;
        string? title = null;

        await AssertFindsAsync(4, a => year == null || a.Year == year.Value);
        await AssertFindsAsync(4, a => title == null || a.Title == title.Trim());
        await AssertFindsAsync(0, a => year != null && a.Year == year.Value);
        await AssertFindsAsync(4, a => a.Year == year!.Value || year == null);
        await AssertFindsAsync(2, a => title == null && (year != null || a.Year == 2024));
        await Assert.ThrowsAsync<NotSupportedException>(() => AssertFindsAsync(4, a => year == null | a.Year == year!.Value));
    }

    [Fact]
    public async Task Contains_OfSetsThatGoByExactValues_IsAnswered()
    {
        var ordinal = new HashSet<string?>(StringComparer.Ordinal) { "Training" };
        var sorted = new SortedSet<int?> { 8, 100 };
        IEnumerable<string?> lazy = ordinal.Select(title => title);

        await AssertFindsAsync(1, a => ordinal.Contains(a.Title));
        await AssertFindsAsync(1, a => ordinal.ToFrozenSet(StringComparer.Ordinal).Contains(a.Title));
        await AssertFindsAsync(2, a => sorted.Contains(a.Pages));
        await AssertFindsAsync(1, a => lazy.Contains(a.Title));
    }

    [Fact]
    public async Task Contains_OfSetsThatGoByMore_IsRefused()
    {
        var loose = new HashSet<string?>(StringComparer.OrdinalIgnoreCase) { "TRAINING" };
        ICollection<string?>[] hidden = [loose];
        var sorted = new SortedSet<string?> { "Training" };
        Dictionary<string, int>.KeyCollection keys = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase) { ["TRAINING"] = 1 }.Keys;

        await AssertRefusedAsync("comparer of its own", a => loose.Contains(a.Title));
        await AssertRefusedAsync("comparer of its own", a => hidden[0].Contains(a.Title));
        await AssertRefusedAsync("comparer of its own", a => Enumerable.Contains(loose, a.Title));
        await AssertRefusedAsync("comparer of its own", a => a.Tags.Any(tag => loose.Contains(tag)));
        await AssertRefusedAsync("comparer of its own", a => sorted.Contains(a.Title));
        await AssertRefusedAsync("KeyCollection", a => keys.Contains(a.Title!));
    }

    private async Task AssertFindsAsync(int count, Expression<Func<Article, bool>> filter) =>
        Assert.Equal(count, (await _collection.GetAsync(filter, top: 10).ListAsync()).Count);

    private async Task AssertRefusedAsync(string said, Expression<Func<Article, bool>> filter) => Assert.Contains(said,
        (await Assert.ThrowsAsync<NotSupportedException>(() => AssertFindsAsync(0, filter))).Message, StringComparison.Ordinal);

    private static string[] Ids(List<Dictionary<string, object?>> records) => [.. records.Select(record => (string)record["Id"]!)];

    // Over objects, what is asked of a null fails; over an index it isn't so.
    private static Func<Article, bool> Tolerant(Expression<Func<Article, bool>> filter)
    {
        Func<Article, bool> test = filter.Compile();
        return article =>
        {
            try
            {
                return test(article);
            }
            catch (Exception problem) when (problem is NullReferenceException or ArgumentNullException)
            {
                return false;
            }
        };
    }
}
