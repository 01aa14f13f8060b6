using SpladeLucene.Evaluation;

namespace SideBySide;

/// <summary>A judged query with what each ranking of it is worth, where its answers stand, how many documents each side found
/// and what that took.</summary>
/// <param name="HasCommonWord">Whether much of what words find is found by a word such as <c>its</c>.</param>
internal sealed record Judged(CollectionQuery Query, Measures Words, Measures Meaning, Measures Fused,
    IReadOnlyList<JudgedAnswer> Answers, int WordsTotal, int MeaningTotal, double Strength, Times Times, bool HasCommonWord)
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
