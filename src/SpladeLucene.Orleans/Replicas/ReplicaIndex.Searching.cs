using System.Globalization;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using SpladeLucene.Hybrid;
using SpladeLucene.Wire;

namespace SpladeLucene.Replicas;

internal sealed partial class ReplicaIndex
{
    private static readonly SpladeSearchOptions Uncounted = new() { CountAllHits = false };

    public ShardStatistics Statistics(WireQuestion question) => Read(searcher => new ShardStatistics(
        searcher.IndexReader.NumDocs,
        LiveTerms.Frequencies(searcher.IndexReader, question.Field, question.Terms),
        [.. question.Fields.SelectMany(field => LiveTerms.Models(searcher.IndexReader, field))],
        LiveTerms.Frequencies(searcher.IndexReader, SpladeClusterOptions.WordsField, question.Words),
        question.Words.Length == 0 ? 0 : LiveTerms.Length(searcher.IndexReader, SpladeClusterOptions.WordsField),
        _options.Shards));

    /// <summary>The best hits, ties by key; null where documents would be missed.</summary>
    public ShardHit[]? Search(WireVector vector, int wanted) => Read<ShardHit[]?>(searcher =>
    {
        SpladeQuery query = vector.ToQuery(_options.Format);
        if (query.Vector.Count == 0) return [];
        if (Misses(searcher.IndexReader, vector)) return null;
        return Best(searcher, wanted, asked => searcher.SearchTop(query, asked, options: Uncounted).ScoreDocs);
    });

    /// <summary>What the best hits score.</summary>
    public float[] BestScores(SpladeQuery query, int wanted) => Read<float[]>(searcher =>
    {
        if (query.Vector.Count == 0 || searcher.IndexReader.NumDocs == 0) return [];
        return [.. searcher.SearchTop(query, wanted, options: Uncounted).ScoreDocs.Select(hit => hit.Score)];
    });

    /// <summary>The best hits by words and meaning, ties by key; words count as they do in all shards together. Null where documents would
    /// be missed.</summary>
    public ShardHit[]? SearchHybrid(WireHybridQuery asked, int wanted) => Read<ShardHit[]?>(searcher =>
    {
        if (asked.Meaning.Terms.Length > 0 && Misses(searcher.IndexReader, asked.Meaning)) return null;
        var frequencies = asked.Words.Zip(asked.Frequencies).ToDictionary(word => word.First, word => word.Second, StringComparer.Ordinal);
        var whole = new WordsStatistics(asked.Documents, asked.Length, word => frequencies[word.Text]);
        var words = new BooleanQuery(disableCoord: true);
        foreach (string word in asked.Words) words.Add(new TermQuery(new Term(SpladeClusterOptions.WordsField, word)), Occur.SHOULD);
        SpladeQuery meaning = asked.Meaning.ToQuery(_options.Format).WithFloor(new ScoreFloor { Score = asked.LeastScore });
        var query = new HybridQuery(asked.Words.Length == 0 ? null : words, meaning) { MeaningWeight = asked.MeaningWeight };
        var fused = new HybridSearcher(new PartSearcher(searcher, whole));
        return Best(searcher, wanted, most => fused.Search(query, most).ScoreDocs);
    });

    // What was counted may have been another reader's.
    private static bool Misses(IndexReader reader, WireVector vector) => vector.Models is { } models && reader.NumDocs > LiveTerms.Models(
        reader, vector.Field).Where(model => models.Contains(model.Fingerprint, StringComparer.Ordinal)).Sum(model => model.Documents);

    // All that tie with the last are needed to order them by key.
    private static ShardHit[] Best(SpladeSearcher searcher, int wanted, Func<int, ScoreDoc[]> search)
    {
        if (searcher.IndexReader.NumDocs == 0) return [];
        int documents = searcher.IndexReader.MaxDoc;
        int asked = (int)Math.Min(wanted + 1L, documents);
        ScoreDoc[] found = search(asked);
        while (found.Length > wanted && found.Length == asked && asked < documents && found[^1].Score == found[wanted - 1].Score)
        {
            asked = (int)Math.Min(4L * asked, documents);
            found = search(asked);
        }

        float least = found.Length > wanted ? found[wanted - 1].Score : 0;
        return
        [
            .. found.TakeWhile(hit => hit.Score >= least).Select(hit => Load(searcher, hit))
                .OrderByDescending(hit => hit.Score).ThenBy(hit => hit.Key, StringComparer.Ordinal).Take(wanted),
        ];
    }

    private static ShardHit Load(SpladeSearcher searcher, ScoreDoc hit)
    {
        Document document = searcher.Doc(hit.Doc);
        return new ShardHit(document.Get(SpladeClusterOptions.KeyField, CultureInfo.InvariantCulture), hit.Score, document.Fields
            .Where(field => field.Name != SpladeClusterOptions.KeyField)
            .ToDictionary(field => field.Name, field => field.GetStringValue(CultureInfo.InvariantCulture), StringComparer.Ordinal));
    }

    private T Read<T>(Func<SpladeSearcher, T> read)
    {
        IndexSearcher searcher = _searchers.Acquire();
        try
        {
            return read((SpladeSearcher)searcher);
        }
        finally
        {
            _searchers.Release(searcher);
        }
    }
}
