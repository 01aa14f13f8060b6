using Lucene.Net.Analysis.Standard;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Store;
using Lucene.Net.Util;

namespace SpladeLucene.Tool.Searching;

/// <summary>One search of an index.</summary>
/// <param name="field">The SPLADE field.</param>
/// <param name="words">Fields of words that are searched too.</param>
/// <param name="shown">Stored fields that are shown; none for all.</param>
/// <param name="count">How many hits are wanted.</param>
/// <param name="explain">Whether to say which words matched.</param>
internal sealed class SearchSession(
    string field, IReadOnlyList<string> words, IReadOnlyList<string> shown, int count, bool explain)
{
    private const int Reasons = 5;

    /// <summary>Searches, and writes what is found.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="FileNotFoundException">The folder holds no index.</exception>
    /// <exception cref="InvalidDataException">The index lacks a field that was named.</exception>
    public void Run(string index, string text, Func<DirectoryReader, ISparseEncoder> load, HitWriter writer)
    {
        if (!System.IO.Directory.Exists(index)) throw new DirectoryNotFoundException($"There is no folder '{index}'.");
        using FSDirectory directory = FSDirectory.Open(index);
        if (!DirectoryReader.IndexExists(directory)) throw new FileNotFoundException($"The folder '{index}' holds no index.");
        using DirectoryReader reader = DirectoryReader.Open(directory);
        foreach (string named in (string[])[field, .. words, .. shown]) Require(reader, named);
        using ISparseEncoder encoder = load(reader);
        SpladeQuery meaning = SpladeQuery.Create(reader, field, text, encoder, new SpladeQueryOptions { Format = FormatIn(reader) });
        var searcher = new SpladeSearcher(reader);
        TopDocs found = words.Count == 0
            ? searcher.Search(meaning, count)
            : new HybridSearcher(searcher).Search(new HybridQuery(WordsOf(text), meaning), count);
        writer.Total(found.TotalHits);
        for (int i = 0; i < found.ScoreDocs.Length; i++) writer.Write(i + 1, HitOf(reader, found.ScoreDocs[i], meaning));
    }

    /// <summary>What made the vectors of a field.</summary>
    /// <exception cref="InvalidDataException">They are of several models, or there are none.</exception>
    public static ModelFingerprint ModelOf(DirectoryReader reader, string field)
    {
        ModelFingerprint[] models = [.. SpladeFingerprint.Read(reader, field).Keys.Select(made => made.Model)];
        return models.Length > 0 && models.All(models[0].Matches) ? models[0] : throw new InvalidDataException(
            $"The field '{field}' holds vectors of {models.Length} models; a table goes with one.");
    }

    private Hit HitOf(DirectoryReader reader, ScoreDoc found, SpladeQuery meaning)
    {
        Document document = reader.Document(found.Doc);
        IEnumerable<(string Name, string Value)> fields = document
            .Where(each => each.GetStringValue() is not null && (shown.Count == 0 || shown.Contains(each.Name, StringComparer.Ordinal)))
            .Select(each => (each.Name, each.GetStringValue()));
        IEnumerable<TermMatch> reasons = explain ? SpladeExplainer.Matches(reader, found.Doc, meaning).Take(Reasons) : [];
        return new Hit(found, [.. fields], [.. reasons]);
    }

    // Weights that were whole numbers, and those of other ranges, are told by the index itself.
    private ImpactFormat FormatIn(DirectoryReader reader) =>
        SpladeFingerprint.Read(reader, field).Keys.Select(made => made.Range).Distinct().ToArray() is [var range]
            ? new ImpactFormat { Quantizer = new ImpactQuantizer(range) } : ImpactFormat.Default;

    private BooleanQuery? WordsOf(string text)
    {
        var builder = new QueryBuilder(new StandardAnalyzer(LuceneVersion.LUCENE_48));
        var any = new BooleanQuery();
        foreach (string name in words)
        {
            if (builder.CreateBooleanQuery(name, text) is { } query) any.Add(query, Occur.SHOULD);
        }

        return any.Clauses.Count == 0 ? null : any;
    }

    private static void Require(DirectoryReader reader, string name)
    {
        FieldInfos fields = MultiFields.GetMergedFieldInfos(reader);
        if (fields.FieldInfo(name) is null)
        {
            throw new InvalidDataException($"The index has no field '{name}'; it has "
                + $"{string.Join(", ", fields.Select(each => each.Name).Order(StringComparer.Ordinal))}.");
        }
    }
}

/// <summary>A hit with what is shown of it.</summary>
/// <param name="Found">The document and its scores.</param>
/// <param name="Fields">Its stored texts.</param>
/// <param name="Reasons">The terms that add most to its SPLADE score.</param>
internal sealed record Hit(ScoreDoc Found, IReadOnlyList<(string Name, string Value)> Fields, IReadOnlyList<TermMatch> Reasons);
