using System.Text.Json;
using Microsoft.Extensions.AI;

namespace SpladeLucene.Extensions.Tests.Embeddings;

public sealed class SparseEmbeddingJsonTests
{
    [Fact]
    public void Json_ThereAndBack_IsTheSame()
    {
        var embedding = new SparseEmbedding(SparseVector.Create(
            [new SparseTerm("dog", 1.1f, new SourceSpan(2, 5)), new SparseTerm("##s", 1e-7f), new SparseTerm("\"é\U0001F642", 3)]))
        {
            ModelId = "words",
            CreatedAt = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(1)),
            AdditionalProperties = new AdditionalPropertiesDictionary { ["source"] = "wiki" },
        };

        string json = JsonSerializer.Serialize(embedding, AIJsonUtilities.DefaultOptions);
        SparseEmbedding back = JsonSerializer.Deserialize<SparseEmbedding>(json, AIJsonUtilities.DefaultOptions)!;

        Assert.Equal(embedding.Vector.ToArray(), back.Vector.ToArray());
        Assert.Equal((embedding.ModelId, embedding.CreatedAt, 3), (back.ModelId, back.CreatedAt, back.Dimensions));
        Assert.Equal("wiki", back.AdditionalProperties!["source"]!.ToString());
        Assert.Equal(json, JsonSerializer.Serialize(back, AIJsonUtilities.DefaultOptions));
    }

    [Fact]
    public void Json_OfAnEmptyVector_HasNoTerms() =>
        Assert.Equal("""{"terms":[]}""", JsonSerializer.Serialize(new SparseEmbedding(SparseVector.Empty)));

    [Theory]
    [InlineData("{}")]
    [InlineData("""[{"term": "dog", "weight": 1}]""")]
    [InlineData("""{"terms": [{"term": "dog"}]}""")]
    [InlineData("""{"terms": [{"term": "dog", "weight": -1}]}""")]
    [InlineData("""{"terms": [{"term": "dog", "weight": 1}, {"term": "dog", "weight": 2}]}""")]
    [InlineData("""{"terms": [{"term": "dog", "weight": 1, "span": [3]}]}""")]
    [InlineData("""{"terms": [{"term": null, "weight": 1}]}""")]
    [InlineData("""{"terms": [{"term": "dog", "weight": 1, "span": [3, 99999999999]}]}""")]
    [InlineData("""{"terms": [], "createdAt": "yesterday"}""")]
    public void Json_ThatIsNoEmbedding_IsRefused(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<SparseEmbedding>(json));
}
