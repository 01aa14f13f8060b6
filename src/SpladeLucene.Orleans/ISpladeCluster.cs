namespace SpladeLucene;

/// <summary>
/// An index whose shards and replicas lie on the silos of an Orleans cluster. A document is in one shard, by its key; a search asks
/// all shards, first for document frequencies, of which the query is made once, then for their best hits. Hits and scores are those
/// of one index of all live documents, ties by key, whatever the shards, replicas and merges are. Thread-safe; a text is
/// encoded once, where the service is called.
/// </summary>
public interface ISpladeCluster
{
    /// <summary>What the index was registered with.</summary>
    SpladeClusterOptions Options { get; }

    /// <summary>Encodes documents and puts them in the place of those with the same keys, or adds them. When the task ends, the log
    /// of every live replica has them on its disk; they are found after the next refresh.</summary>
    /// <param name="documents">Written in their order, in batches of 128.</param>
    /// <param name="cancellationToken">Ends the work, also in the middle of a batch: what was written stays written, and the documents of
    /// that batch may or may not be.</param>
    /// <exception cref="ArgumentException">A document can't be indexed, or has over 8 MiB with its vectors, words and stored
    /// fields; the message names its key. Those of earlier batches were written.</exception>
    /// <exception cref="SpladeDocumentException">The model doesn't run for a document's text: it has the key and the place among all that
    /// were given. Those of earlier batches were written.</exception>
    /// <exception cref="InvalidOperationException">The encoder returned more or fewer vectors than it was given texts.</exception>
    /// <exception cref="SpladeClusterException">A shard's replicas didn't acknowledge in time: its documents may or may not have been
    /// written, and may be written again.</exception>
    Task UpdateAsync(IEnumerable<ClusterDocument> documents, CancellationToken cancellationToken = default);

    /// <summary>Deletes the documents with these keys; one that isn't there is none.</summary>
    /// <param name="keys">The keys.</param>
    /// <param name="cancellationToken">Ends the waiting; what was asked for by then may or may not be deleted.</param>
    /// <exception cref="ArgumentException">A key is empty or longer than 32,766 bytes.</exception>
    /// <exception cref="SpladeClusterException">As for <see cref="UpdateAsync"/>.</exception>
    Task DeleteAsync(IEnumerable<string> keys, CancellationToken cancellationToken = default);

    /// <summary>Makes what was acknowledged by now visible on every replica that serves.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="SpladeClusterException">No replica of a shard serves, or one fails or doesn't answer within the write
    /// timeout. One whose silo is down doesn't serve.</exception>
    Task RefreshAsync(CancellationToken cancellationToken = default);

    /// <summary>Finds the best hits by meaning, or by words and meaning at once. Runs the model once; asks each shard two or three
    /// times, and another replica where one is slow or fails.</summary>
    /// <param name="text">The query in words; empty finds nothing.</param>
    /// <param name="request">What is wanted. Default: ten hits by meaning within five seconds, and the model's floor.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="ArgumentException">A weight of the meaning is given, and words aren't asked for.</exception>
    /// <exception cref="InvalidOperationException">Words are asked for, and the index has none.</exception>
    /// <exception cref="FingerprintMismatchException">Documents of another model are in a shard.</exception>
    /// <exception cref="SpladeClusterException">Live documents have no impacts in the field that is searched: it would miss them.</exception>
    /// <exception cref="SparseEncodingException">The model doesn't run for the text.</exception>
    Task<ClusterSearchResult> SearchAsync(
        string text, ClusterSearchRequest? request = null, CancellationToken cancellationToken = default);

    /// <summary>Counts how many documents have impacts of the next model (<see cref="SpladeClusterOptions.NextField"/>), and so how far a
    /// change of models is. Searches take the next model as soon as all have.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="InvalidOperationException">There is no next field.</exception>
    /// <exception cref="SpladeClusterException">A shard doesn't answer within five seconds.</exception>
    Task<ClusterModelChange> GetModelChangeAsync(CancellationToken cancellationToken = default);

    /// <summary>Asks every replica whether it serves, for a health check or a deployment that goes on when all do.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>All replicas, by shard; one that doesn't answer within two seconds doesn't serve.</returns>
    Task<IReadOnlyList<ClusterReplica>> GetReplicasAsync(CancellationToken cancellationToken = default);
}

/// <summary>How far a change of models is, by what is visible.</summary>
/// <param name="Documents">How many live documents there are.</param>
/// <param name="Changed">How many of them have impacts of the next model.</param>
public sealed record ClusterModelChange(long Documents, long Changed)
{
    /// <summary>Whether all have.</summary>
    public bool IsComplete => Changed == Documents;
}

/// <summary>A replica of a shard.</summary>
/// <param name="Shard">The shard, from 0.</param>
/// <param name="Replica">Which of its replicas, from 0.</param>
/// <param name="Silo">The silo that it is given to.</param>
/// <param name="IsServing">Whether it has all that was acknowledged and answers searches.</param>
public sealed record ClusterReplica(int Shard, int Replica, string Silo, bool IsServing);

/// <summary>A document of an <see cref="ISpladeCluster"/>.</summary>
/// <param name="Key">Tells it apart; not empty, at most 32,766 bytes in UTF-8.</param>
/// <param name="Text">What is encoded; not stored, unless it is in <paramref name="Stored"/> too.</param>
/// <param name="Stored">Comes back with a hit, by name. Default: nothing.</param>
public sealed record ClusterDocument(string Key, string Text, IReadOnlyDictionary<string, string>? Stored = null);

/// <summary>What a search is to find.</summary>
public sealed record ClusterSearchRequest
{
    /// <summary>How many hits, at least 1. Default: 10.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive.</exception>
    public int Count
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            field = value;
        }
    } = 10;

    /// <summary>How long each shard has for its answers, all rounds together; each but the last takes half of what is left at most. One that takes
    /// longer is named in <see cref="ClusterSearchResult.MissingShards"/>. Default: 5 seconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive.</exception>
    public TimeSpan Deadline
    {
        get;
        init => field = value > TimeSpan.Zero
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A deadline is positive.");
    } = TimeSpan.FromSeconds(5);

    /// <summary>What a hit's meaning has to score, as in one index. Default: null, what the model asks for.</summary>
    public ScoreFloor? Floor { get; init; }

    /// <summary>Whether words count beside the meaning, as in a <see cref="HybridSearcher"/> with its own options: scores are to the bit
    /// those of one index of all live documents. The index has to have words (<see cref="SpladeClusterOptions.AnalyzerFactory"/>).
    /// Default: no.</summary>
    public bool Hybrid { get; init; }

    /// <summary>The meaning's share of a hybrid search's scores, 0 to 1. Default: the model's
    /// <see cref="ISparseEncoder.FusionWeight"/>, else 0.5. Refused by a search that isn't hybrid.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is under 0, over 1 or no number.</exception>
    public double? MeaningWeight
    {
        get;
        init => field = value is null or (>= 0 and <= 1)
            ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The meaning's share lies between 0 and 1.");
    }
}

/// <summary>One document that was found.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Score">Its score, to the bit what it is in one index.</param>
/// <param name="Shard">The shard it lies in, from 0.</param>
/// <param name="Stored">What it brought along.</param>
public sealed record ClusterHit(string Key, float Score, int Shard, IReadOnlyDictionary<string, string> Stored);

/// <summary>What a search found.</summary>
/// <param name="Hits">The best first; of equal scores the lower key, compared by its characters' codes.</param>
/// <param name="MissingShards">The shards that didn't answer in time, from 0: their documents aren't among the hits, and didn't
/// count in the document frequencies. Empty where the answer is complete.</param>
public sealed record ClusterSearchResult(IReadOnlyList<ClusterHit> Hits, IReadOnlyList<int> MissingShards)
{
    /// <summary>Whether every shard answered.</summary>
    public bool IsComplete => MissingShards.Count == 0;
}

/// <summary>A shard can't be written to or refreshed, as too few of its replicas answer.</summary>
public sealed class SpladeClusterException : Exception
{
    /// <summary>Says which index and shard, and what is in the way.</summary>
    /// <param name="message">One sentence.</param>
    /// <param name="innerException">The last failure, where there is one.</param>
    public SpladeClusterException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
