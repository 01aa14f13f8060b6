using SpladeLucene.Wire;

namespace SpladeLucene.Replicas;

/// <summary>What a replica shows, while it serves.</summary>
internal sealed partial class Replica
{
    public ShardStatistics? Statistics(WireQuestion question) => IsServing ? _index.Statistics(question) : null;

    public ShardHit[]? Search(WireVector vector, int wanted) => IsServing ? _index.Search(vector, wanted) : null;

    public float[]? BestScores(WireVector vector, int wanted) => IsServing ? _index.BestScores(vector.ToQuery(_options.Format), wanted) : null;

    public ShardHit[]? SearchHybrid(WireHybridQuery query, int wanted) => IsServing ? _index.SearchHybrid(query, wanted) : null;

    public void Refresh()
    {
        if (IsServing) Flush(index => index.Refresh());
    }

    /// <returns>Whether it serves in this epoch.</returns>
    public bool Refresh(long epoch)
    {
        Refresh();
        return IsServing && _configuration.Epoch == epoch;
    }
}
