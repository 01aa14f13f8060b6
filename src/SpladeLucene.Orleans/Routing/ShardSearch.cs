using Lucene.Net.Search;
using SpladeLucene.Search.Terms;
using SpladeLucene.Wire;

namespace SpladeLucene.Routing;

/// <summary>
/// Searches all shards as one index is searched: adds up what they say of terms and words, makes the query of the sums, and merges
/// what they find with it. Thread-safe.
/// </summary>
internal sealed class ShardSearch(SpladeClusterOptions options, FieldModel[] models, QueryWords words, ShardAsker asker)
{
    private const double UsualMeaningWeight = 0.5;
    private const int MostRecounts = 2;
    private static readonly TimeSpan CountPatience = TimeSpan.FromSeconds(5);

    // The one that all documents had when it was last asked.
    private volatile FieldModel _current = models[0];

    public async Task<ClusterSearchResult> FindAsync(string text, ClusterSearchRequest request, CancellationToken cancellationToken)
    {
        string[] asked = request.Hybrid ? words.Of(text) : [];
        FieldModel model = _current;
        SparseVector encoded = await model.Encoder.EncodeQueryAsync(text, cancellationToken).ConfigureAwait(false);
        var rounds = new SearchRounds(asker, options.Shards, request.Deadline, cancellationToken);
        for (int left = MostRecounts; ; left--)
        {
            ShardStatistics[] statistics = await CountAsync(rounds, model, encoded, asked).ConfigureAwait(false);
            while (statistics.Length > 0 && Complete(statistics) is var complete && complete != model)
            {
                _current = model = complete;
                encoded = await model.Encoder.EncodeQueryAsync(text, cancellationToken).ConfigureAwait(false);
                statistics = await CountAsync(rounds, model, encoded, asked).ConfigureAwait(false);
            }

            IReadOnlyList<ClusterHit> hits = await FindAsync(rounds, model, encoded, asked, statistics, request).ConfigureAwait(false);
            // Counted again, as a shard may have been refreshed in between; where little time is left, others would be missed.
            if (!rounds.IsRefused || left == 0 || rounds.TimeLeft < request.Deadline / 2) return new ClusterSearchResult(hits, rounds.Missing);
            rounds = new SearchRounds(asker, options.Shards, rounds.TimeLeft, cancellationToken);
        }
    }

    /// <summary>How many documents have vectors of the last model.</summary>
    public async Task<ClusterModelChange> CountAsync(CancellationToken cancellationToken)
    {
        var rounds = new SearchRounds(asker, options.Shards, 2 * CountPatience, cancellationToken);
        ShardStatistics[] statistics = await CountAsync(rounds, models[^1], SparseVector.Empty, []).ConfigureAwait(false);
        if (rounds.Missing is [var missing, ..])
            throw new SpladeClusterException($"Shard {missing} of the index '{options.Name}' didn't say how many documents it has.");
        return new ClusterModelChange(statistics.Sum(shard => shard.Documents), models[^1].DocumentsIn(statistics));
    }

    private async Task<ShardStatistics[]> CountAsync(SearchRounds rounds, FieldModel model, SparseVector encoded, string[] asked)
    {
        var question = new WireQuestion(
            model.Field, [.. encoded.Select(term => term.Term)], asked, [.. models.Select(each => each.Field)]);
        ShardStatistics?[] answers = await rounds.AskAsync(replica => replica.StatisticsAsync(question)).ConfigureAwait(false);
        ShardStatistics[] statistics = [.. answers.OfType<ShardStatistics>()];
        // Documents lie by that number: of some shards all would be found, of the index only a part.
        if (statistics.FirstOrDefault(shard => shard.Shards > 0 && shard.Shards != options.Shards) is { } other)
        {
            throw new SpladeClusterException($"The index '{options.Name}' has {other.Shards} shards on its silos and {options.Shards} here: "
                + $"give clients and silos the same {nameof(options.Shards)}.");
        }

        return statistics;
    }

    // The latest model that no document lacks: a search by another would miss some in silence.
    private FieldModel Complete(ShardStatistics[] statistics) =>
        models.LastOrDefault(model => model.DocumentsIn(statistics) == statistics.Sum(shard => shard.Documents))
            ?? throw models[0].Refusal(options.Name, statistics);

    private async Task<IReadOnlyList<ClusterHit>> FindAsync(
        SearchRounds rounds, FieldModel model, SparseVector encoded, string[] asked, ShardStatistics[] statistics, ClusterSearchRequest request)
    {
        SpladeQuery query = MakeQuery(model, encoded, statistics);
        WireVector vector = WireVector.Of(query, model.FingerprintsIn(statistics));
        ScoreFloor floor = request.Floor ?? ScoreFloor.OfModel(model.Encoder.FloorShare);
        return request.Hybrid
            ? await FuseAsync(rounds, query, floor, Whole(vector, model, asked, statistics, request), request.Count).ConfigureAwait(false)
            : await FindAsync(rounds, query, floor, vector, request.Count).ConfigureAwait(false);
    }

    private static async Task<IReadOnlyList<ClusterHit>> FindAsync(
        SearchRounds rounds, SpladeQuery query, ScoreFloor floor, WireVector vector, int count)
    {
        int wanted = FloorCut.Wanted(count, floor);
        ShardHit[]?[] hits = await rounds.AskLastAsync(replica => replica.SearchAsync(vector, wanted)).ConfigureAwait(false);
        ClusterHit[] best = [.. Merge(hits).Take(wanted)];
        float least = FloorCut.LeastScore([.. best.Select(hit => hit.Score)], floor, query.Quantized.Unit);
        return [.. best.TakeWhile(hit => hit.Score >= least).Take(count)];
    }

    // What meaning is under the floor adds nothing to what the words say: so shards have to know the floor before they fuse.
    private static async Task<IReadOnlyList<ClusterHit>> FuseAsync(
        SearchRounds rounds, SpladeQuery query, ScoreFloor floor, WireHybridQuery whole, int count)
    {
        float[]?[] scores = floor.IsShare
            ? await rounds.AskAsync(replica => replica.BestScoresAsync(whole.Meaning, FloorCut.Tenth)).ConfigureAwait(false)
            : [];
        float[] best = [.. scores.SelectMany(some => some ?? []).OrderDescending().Take(FloorCut.Tenth)];
        WireHybridQuery floored = whole with { LeastScore = FloorCut.LeastScore(best, floor, query.Quantized.Unit) };
        ShardHit[]?[] hits = await rounds.AskLastAsync(replica => replica.SearchHybridAsync(floored, count)).ConfigureAwait(false);
        return [.. Merge(hits).Take(count)];
    }

    private static IEnumerable<ClusterHit> Merge(ShardHit[]?[] hits) => hits
        .SelectMany((some, shard) => (some ?? []).Select(hit => new ClusterHit(hit.Key, hit.Score, shard, hit.Stored)))
        .OrderByDescending(hit => hit.Score).ThenBy(hit => hit.Key, StringComparer.Ordinal);

    private SpladeQuery MakeQuery(FieldModel model, SparseVector encoded, ShardStatistics[] statistics)
    {
        long[] frequencies = [.. encoded.Select((_, i) => statistics.Sum(shard => (long)shard.Frequencies[i]))];
        SparseVector weighed = QueryIdf.Weigh(
            encoded, frequencies, statistics.Sum(shard => shard.Documents), model.Encoder.QueryIdfExponent);
        return new SpladeQuery(model.Field, weighed, options.Format);
    }

    private static WireHybridQuery Whole(
        WireVector meaning, FieldModel model, string[] asked, ShardStatistics[] statistics, ClusterSearchRequest request) => new()
        {
            Meaning = meaning,
            MeaningWeight = request.MeaningWeight ?? model.Encoder.FusionWeight ?? UsualMeaningWeight,
            LeastScore = 0,
            Words = asked,
            Frequencies = [.. asked.Select((_, i) => statistics.Sum(shard => (long)shard.Words[i]))],
            Documents = statistics.Sum(shard => shard.Documents),
            Length = statistics.Sum(shard => shard.Length),
        };
}
