using Microsoft.Extensions.VectorData;

namespace SpladeLucene.VectorData.Tests.Support;

/// <summary>A record with a property of most types that there are.</summary>
public sealed class Article
{
    [VectorStoreKey]
    public string Id { get; set; } = "";

    [VectorStoreVector(dimensions: 1)]
    public string? Meaning { get; set; }

    [VectorStoreData(IsIndexed = true, IsFullTextIndexed = true)]
    public string? Title { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public int Year { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public int? Pages { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public double Price { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public decimal Cost { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public float Rating { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public bool Draft { get; set; }

    [VectorStoreData(IsIndexed = true, StorageName = "when")]
    public DateTimeOffset Published { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public string[] Tags { get; set; } = [];

    [VectorStoreData(IsIndexed = true)]
    public List<string>? Editors { get; set; }

    [VectorStoreData]
    public string? Note { get; set; }
}
