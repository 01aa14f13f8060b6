using SpladeLucene.Evaluation;

namespace SpladeLucene.Quality;

/// <summary>Slices that hold a query: what is measured over none is no number, which would be found after everything was encoded.
/// </summary>
internal static class JudgedSlice
{
    /// <inheritdoc cref="Slice.Of"/>
    /// <exception cref="FormatException">There is no such query.</exception>
    public static Slice Of(string name, TestCollection set, params (string Key, string Value)[] wanted)
    {
        var slice = Slice.Of(name, set, wanted);
        if (slice.Queries.Count > 0) return slice;
        string folder = set.Folder;
        throw new FormatException(wanted.Length == 0 || Slice.Of(name, set).Queries.Count == 0
            ? $"None of the queries of '{folder}' has a relevant document: its judgements name other queries, or grade all 0."
            : $"None of the judged queries of '{folder}' has {string.Join(" and ", wanted.Select(pair => $"\"{pair.Key}\": \"{pair.Value}\""))} in its metadata.");
    }
}
