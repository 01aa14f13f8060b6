using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;

namespace SpladeLucene.Tool.Searching;

/// <summary>One search of an index.</summary>
/// <param name="field">The SPLADE field.</param>
/// <param name="sources">The stored fields that were encoded, for explanations to name their words.</param>
/// <param name="words">Fields of words that are searched too.</param>
/// <param name="shown">Stored fields that are shown; none for all.</param>
/// <param name="count">How many hits are wanted.</param>
/// <param name="explain">Whether to say which words matched.</param>
internal sealed class SearchSession(
    string field, IReadOnlyList<string> sources, IReadOnlyList<string> words, IReadOnlyList<string> shown, int count, bool explain)
{
    private const int Reasons = 5;

    /// <summary>Searches, and writes what is found.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="FileNotFoundException">The folder holds no index.</exception>
    /// <exception cref="InvalidDataException">The index lacks a field that was named, or is damaged.</exception>
    public void Run(string folder, string text, Func<OpenedIndex, ISparseEncoder> load, HitWriter writer, CancellationToken cancellation)
    {
        using OpenedIndex index = OpenedIndex.Open(folder);
        try
        {
            Run(index, text, load, writer, cancellation);
        }
        catch (Exception problem) when (index.DamageBehind(problem) is { } damage)
        {
            throw new InvalidDataException(damage, problem);
        }
    }

    private void Run(OpenedIndex index, string text, Func<OpenedIndex, ISparseEncoder> load, HitWriter writer, CancellationToken cancellation)
    {
        index.Require([field, .. sources, .. words, .. shown]);
        index.RequireVectors(field);
        using ISparseEncoder encoder = load(index);
        cancellation.ThrowIfCancellationRequested();
        SpladeQuery meaning = index.Meaning(field, sources, text, encoder);
        var searcher = new SpladeSearcher(index.Reader);
        TopDocs found = words.Count == 0
            ? searcher.Search(meaning, count)
            : new HybridSearcher(searcher).Search(new HybridQuery(WordsQuery.Of(words, text), meaning), count);
        cancellation.ThrowIfCancellationRequested();
        writer.Total(found.TotalHits);
        for (int i = 0; i < found.ScoreDocs.Length; i++) writer.Write(i + 1, HitOf(index.Reader, found.ScoreDocs[i], meaning));
    }

    private Hit HitOf(DirectoryReader reader, ScoreDoc found, SpladeQuery meaning)
    {
        Document document = reader.Document(found.Doc);
        IEnumerable<(string Name, string? Value)> fields = document.Where(each => each.GetStringValue() is not null)
            .Where(each => shown.Count == 0 || shown.Contains(each.Name, StringComparer.Ordinal)).Select(each => (each.Name, (string?)each.GetStringValue()));
        IEnumerable<(string, string?)> lacking = shown.Where(name => document.Get(name) is null).Select(name => (name, (string?)null));
        IEnumerable<TermMatch> reasons = explain ? SpladeExplainer.Matches(reader, found.Doc, meaning).Take(Reasons) : [];
        return new Hit(found, [.. fields, .. lacking], [.. reasons]);
    }
}

/// <summary>A hit with what is shown of it.</summary>
/// <param name="Found">The document and its scores.</param>
/// <param name="Fields">Its stored texts; null for what is to be shown and isn't stored.</param>
/// <param name="Reasons">The terms that add most to its SPLADE score.</param>
internal sealed record Hit(ScoreDoc Found, IReadOnlyList<(string Name, string? Value)> Fields, IReadOnlyList<TermMatch> Reasons);
