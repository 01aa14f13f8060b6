using System.Globalization;
using Microsoft.Extensions.VectorData;
using SpladeLucene.VectorData.Tests.Support;

namespace SpladeLucene.VectorData.Tests.Model;

public sealed class ModelTests : IDisposable
{
    private readonly SpladeVectorStore _store = Stores.InMemory();

    public static TheoryData<object, object> Values => new()
    {
        { "foo", "bar" }, { true, false }, { (byte)8, (byte)9 }, { (sbyte)-8, (sbyte)9 }, { (short)-8, (short)9 }, { (ushort)8, (ushort)9 },
        { 8, 9 }, { 8u, 9u }, { long.MaxValue, long.MinValue + 2 }, { 8.5f, -9.5f }, { double.Epsilon, 0.0 }, { double.PositiveInfinity, double.MaxValue },
        { decimal.MaxValue, decimal.MinValue }, { 1.50m, 1.5000000000000000000000000001m },
        { Guid.Parse("603840bf-cf91-4521-8b8e-8b6a2e75910a"), Guid.Empty },
        { new DateTime(2020, 1, 1, 12, 30, 45, DateTimeKind.Utc).AddTicks(7), new DateTime(2021, 2, 3, 0, 0, 0, DateTimeKind.Unspecified) },
        { new DateTimeOffset(2020, 1, 1, 12, 30, 45, TimeSpan.FromHours(2)), new DateTimeOffset(2021, 2, 3, 0, 0, 0, TimeSpan.FromHours(-3)) },
        { new DateOnly(2020, 1, 1), new DateOnly(2021, 2, 3) }, { new TimeOnly(12, 30, 45, 6), new TimeOnly(13, 40) },
    };

    public void Dispose() => _store.Dispose();

    [Theory]
    [MemberData(nameof(Values))]
    public async Task Values_OfEachType_AreReadBack_Filtered_AndMayBeNull(object value, object other)
    {
        foreach (Type type in new[] { value.GetType(), value is string ? typeof(string) : typeof(Nullable<>).MakeGenericType(value.GetType()) })
        {
            var definition = new VectorStoreCollectionDefinition
            {
                Properties = [new VectorStoreKeyProperty("Id", typeof(int)), new VectorStoreDataProperty("Value", type) { IsIndexed = true }],
            };
            SpladeCollection<object, Dictionary<string, object?>> records = _store.GetDynamicCollection("values", definition);
            await records.EnsureCollectionExistsAsync();
            await records.UpsertAsync([Record(1, value), Record(2, other), Record(3, null)]);

            Assert.Equal(value, (await records.GetAsync(1))!["Value"]);
            Assert.Equal((value as DateTime?)?.Kind, ((await records.GetAsync(1))!["Value"] as DateTime?)?.Kind);
            Assert.Null((await records.GetAsync(3))!["Value"]);
            Assert.Equal(1, Assert.Single(await records.GetAsync(r => r["Value"] == value, top: 5).ListAsync())["Id"]);
            Assert.Equal(3, Assert.Single(await records.GetAsync(r => r["Value"] == null, top: 5).ListAsync())["Id"]);
            Assert.Equal([3, .. new[] { (1, value), (2, other) }.OrderBy(pair => pair.Item2).Select(pair => (object)pair.Item1)],
                (await records.GetAsync(r => true, top: 5, new() { OrderBy = o => o.Ascending(r => r["Value"]) }).ListAsync()).Select(r => r["Id"]!));
        }
    }

    [Fact]
    public async Task Values_AreTheSameInEveryCulture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("de-DE");
            SpladeCollection<string, Article> collection = await _store.FilledAsync();
            CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
            Assert.Equal((12.25, Stores.Articles[0].Published), ((await collection.GetAsync("4"))!.Price, (await collection.GetAsync("1"))!.Published));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Property_ThatAnIndexCantHold_IsRefusedByName()
    {
        Assert.Contains("'Size' has unsupported type 'UInt64'", Refusal<NotSupportedException>(
            new VectorStoreDataProperty("Size", typeof(ulong))), StringComparison.Ordinal);
        Assert.Contains("CosineSimilarity", Refusal<NotSupportedException>(
            new VectorStoreVectorProperty("V", typeof(string), 1) { DistanceFunction = DistanceFunction.CosineSimilarity }), StringComparison.Ordinal);
        Assert.Contains("'Hnsw'", Refusal<NotSupportedException>(
            new VectorStoreVectorProperty("V", typeof(string), 1) { IndexKind = IndexKind.Hnsw }), StringComparison.Ordinal);
        Assert.Contains("'V'", Refusal<InvalidOperationException>(
            new VectorStoreVectorProperty("V", typeof(ReadOnlyMemory<float>), 1)), StringComparison.Ordinal);
        Assert.Contains("'a$b'", Refusal<InvalidOperationException>(
            new VectorStoreDataProperty("A", typeof(string)) { StorageName = "a$b" }), StringComparison.Ordinal);
        Assert.Contains("only texts", Refusal<NotSupportedException>(
            new VectorStoreDataProperty("A", typeof(int)) { IsFullTextIndexed = true }), StringComparison.Ordinal);
    }

    [Fact]
    public void Record_AndDefinition_ThatContradict_AreRefusedByName()
    {
        Assert.Throws<InvalidOperationException>(() => _store.GetCollection<Guid, Article>("a"));
        var nobody = new VectorStoreCollectionDefinition { Properties = [new VectorStoreDataProperty("Nobody", typeof(string))] };
        var refused = Assert.Throws<InvalidOperationException>(() => _store.GetCollection<string, Article>("a", nobody));
        Assert.Contains("'Nobody'", refused.Message, StringComparison.Ordinal);
        Assert.Throws<NotSupportedException>(() => _store.GetCollection<double, ByDouble>("a"));
        Assert.Throws<NotSupportedException>(() => _store.GetCollection<string, Version>("a"));
    }

    [Fact]
    public async Task Definition_TakesThePlaceOfAttributes()
    {
        var definition = new VectorStoreCollectionDefinition
        {
            Properties = [new VectorStoreDataProperty("Note", typeof(string)) { IsIndexed = true, StorageName = "remark" }],
        };
        SpladeCollection<string, Article> collection = _store.GetCollection<string, Article>("defined", definition);
        await collection.EnsureCollectionExistsAsync();
        await collection.UpsertAsync(Stores.Articles);

        Assert.Equal("1", Assert.Single(await collection.GetAsync(article => article.Note == "n1", top: 5).ListAsync()).Id);
    }

    private static Dictionary<string, object?> Record(int id, object? value) => new() { ["Id"] = id, ["Value"] = value };

    private string Refusal<T>(VectorStoreProperty property)
        where T : Exception => Assert.Throws<T>(() => _store.GetDynamicCollection(
            "refused", new() { Properties = [new VectorStoreKeyProperty("Id", typeof(string)), property] })).Message;

    public sealed class ByDouble
    {
        [VectorStoreKey]
        public double Id { get; set; }
    }
}
