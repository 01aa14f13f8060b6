using Lucene.Net.Search;
using SpladeLucene.Search.Terms;
using SpladeLucene.Wire;

namespace SpladeLucene.Routing;

/// <summary>
/// Searches all shards as one index is searched: adds up what they say of terms and words, makes the query of the sums, and merges
/// what they find with it. Thread-safe.
/// </summary>
internal sealed class ShardSearch(SpladeClusterOptions options, ISparseEncoder encoder, QueryWords words, ShardAsker asker)
{
    private const double UsualMeaningWeight = 0.5;

    public async Task<ClusterSearchResult> FindAsync(string text, ClusterSearchRequest request, CancellationToken cancellationToken)
    {
        string[] asked = request.Hybrid ? words.Of(text) : [];
        SparseVector encoded = await encoder.EncodeQueryAsync(text, cancellationToken).ConfigureAwait(false);
        string[] terms = [.. encoded.Select(term => term.Term)];
        var rounds = new SearchRounds(asker, options.Shards, request.Deadline, cancellationToken);
        ShardStatistics?[] answered = await rounds.AskAsync(replica => replica.StatisticsAsync(terms, asked)).ConfigureAwait(false);
        ShardStatistics[] statistics = [.. answered.OfType<ShardStatistics>()];
        CheckModels(statistics);
        SpladeQuery query = MakeQuery(encoded, statistics);
        ScoreFloor floor = request.Floor ?? ScoreFloor.OfModel(encoder.FloorShare);
        IReadOnlyList<ClusterHit> hits = request.Hybrid
            ? await FuseAsync(rounds, query, floor, Whole(query, asked, statistics, request), request.Count).ConfigureAwait(false)
            : await FindAsync(rounds, query, floor, request.Count).ConfigureAwait(false);
        return new ClusterSearchResult(hits, rounds.Missing);
    }

    private static async Task<IReadOnlyList<ClusterHit>> FindAsync(SearchRounds rounds, SpladeQuery query, ScoreFloor floor, int count)
    {
        WireVector vector = WireVector.Of(query.Vector);
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

    private SpladeQuery MakeQuery(SparseVector encoded, ShardStatistics[] statistics)
    {
        long[] frequencies = [.. encoded.Select((_, i) => statistics.Sum(shard => (long)shard.Frequencies[i]))];
        SparseVector weighed = QueryIdf.Weigh(
            encoded, frequencies, statistics.Sum(shard => shard.Documents), encoder.QueryIdfExponent);
        return new SpladeQuery(options.Field, weighed, options.Format);
    }

    private WireHybridQuery Whole(SpladeQuery query, string[] asked, ShardStatistics[] statistics, ClusterSearchRequest request) => new()
    {
        Meaning = WireVector.Of(query.Vector),
        MeaningWeight = request.MeaningWeight ?? encoder.FusionWeight ?? UsualMeaningWeight,
        LeastScore = 0,
        Words = asked,
        Frequencies = [.. asked.Select((_, i) => statistics.Sum(shard => (long)shard.Words[i]))],
        Documents = statistics.Sum(shard => shard.Documents),
        Length = statistics.Sum(shard => shard.Length),
    };

    private void CheckModels(ShardStatistics[] statistics)
    {
        var expected = new SpladeFingerprint(encoder.Fingerprint, options.Format.Quantizer.Range);
        SpladeFingerprint[] found = [.. statistics.SelectMany(shard => shard.Fingerprints)
            .Distinct(StringComparer.Ordinal).Select(term => SpladeFingerprint.TryParse(term, out SpladeFingerprint? known) ? known : null)
            .OfType<SpladeFingerprint>()];
        if (!found.All(known => known.Matches(expected) && known.Matches(found[0])))
            throw new FingerprintMismatchException(options.Field, expected, found);
    }
}
