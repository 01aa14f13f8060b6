namespace SpladeLucene.Tool.Exporting.Forms;

/// <summary>A document's vector with what goes along.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Fields">What else is written of it: names with their values, of which there is at least one.</param>
/// <param name="Terms">Its terms, each once, with positive finite weights; none where it has no vector.</param>
internal sealed record ExportedVector(
    string Id, IReadOnlyList<KeyValuePair<string, IReadOnlyList<string>>> Fields, IReadOnlyList<WeighedTerm> Terms);

/// <summary>A query as it is asked of an index.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Text">Its words.</param>
/// <param name="Terms">Its terms, each once, with positive finite weights.</param>
/// <param name="LeastScore">What a document has to score to be a hit; null where every one is that shares a term.</param>
internal sealed record ExportedQuery(string Id, string Text, IReadOnlyList<WeighedTerm> Terms, double? LeastScore);

/// <summary>A vocabulary entry with its weight.</summary>
internal readonly record struct WeighedTerm(string Term, float Weight);
