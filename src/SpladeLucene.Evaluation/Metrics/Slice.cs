namespace SpladeLucene.Evaluation;

/// <summary>Judged queries of a collection that are averaged over together.</summary>
/// <param name="Name">What they are called.</param>
/// <param name="Qrels">The collection's judgements.</param>
/// <param name="Queries">The queries, in the order of their file.</param>
public sealed record Slice(string Name, Qrels Qrels, IReadOnlyList<CollectionQuery> Queries)
{
    /// <summary>The queries with a relevant document that have these values in their metadata.</summary>
    public static Slice Of(string name, TestCollection collection, params (string Key, string Value)[] wanted)
    {
        ArgumentNullException.ThrowIfNull(collection);
        HashSet<string> judged = [.. collection.Qrels.Queries];
        return new Slice(name, collection.Qrels, [.. collection.Queries.Where(query => judged.Contains(query.Id)
            && wanted.All(pair => query.Metadata.GetValueOrDefault(pair.Key) == pair.Value))]);
    }
}
