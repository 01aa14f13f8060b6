namespace SpladeLucene;

/// <summary>One query term that a document has, and why.</summary>
/// <param name="Term">The vocabulary entry both sides have.</param>
/// <param name="QueryWeight">Its weight in the query vector.</param>
/// <param name="DocumentWeight">Its weight in the document, as the impact keeps it.</param>
/// <param name="Score">What it adds to the document's score, boosts included.</param>
/// <param name="QuerySource">The query's words that the weight came from; null where they aren't known.</param>
/// <param name="DocumentSource">The same of the document: known where offsets and the text are in the index.</param>
public sealed record TermMatch(
    string Term,
    float QueryWeight,
    float DocumentWeight,
    float Score,
    TermSource? QuerySource,
    TermSource? DocumentSource)
{
    /// <summary>Whether one side, as far as is known, says something else and only the model relates the two.</summary>
    public bool IsExpansion => QuerySource is { IsLiteral: false } || DocumentSource is { IsLiteral: false };

    /// <summary>One sentence: the term, and where each side has it from, as far as that is known.</summary>
    public string InWords()
    {
        string query = QuerySource?.InWords(Term, "query") ?? "is in the query's vector";
        string document = DocumentSource?.InWords(Term, "document") ?? "is in the document's vector";
        return $"\"{TermText.Shown(Term)}\" {query} and {document}";
    }
}
