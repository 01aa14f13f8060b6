namespace SpladeLucene.Hosting;

/// <summary>A vector store that was registered; the one without a key has the options' default name.</summary>
internal sealed record StoreRegistration(string Name)
{
    /// <summary>Where its settings stand in the configuration.</summary>
    public string Section => SectionOf(Name);

    public static string SectionOf(string? name) => string.IsNullOrEmpty(name)
        ? $"{SpladeOptions.SectionName}:VectorStore" : $"{SpladeOptions.SectionName}:VectorStores:{name}";
}
