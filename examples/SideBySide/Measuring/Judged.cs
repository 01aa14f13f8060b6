using SpladeLucene.Evaluation;

namespace SideBySide;

/// <summary>A judged query with what each ranking of it is worth, where its answers stand, and
/// what that took.</summary>
internal sealed record Judged(CollectionQuery Query, Measures Words, Measures Meaning, Measures Fused,
    IReadOnlyList<JudgedAnswer> Answers, double Strength, Times Times)
{
    /// <summary>Whether meaning has an answer first.</summary>
    public bool IsRight => Answers.Any(answer => answer.Meaning == 1);

    /// <summary>What meaning gains on words; negative where it loses.</summary>
    public double Gain => Meaning.Ndcg - Words.Ndcg;

    /// <summary>What the collection says of the query, such as <c>other-words</c>; empty where it says nothing.</summary>
    public string Kind => Query.Metadata.GetValueOrDefault("kind", "");
}

/// <summary>A relevant document and its rank in each ranking, the first being 1; null where it isn't found.</summary>
internal sealed record JudgedAnswer(string Id, int? Words, int? Meaning, int? Fused);
