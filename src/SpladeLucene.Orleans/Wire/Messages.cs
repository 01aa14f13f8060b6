using Orleans;

namespace SpladeLucene.Wire;

/// <summary>A replica that acknowledges a shard's writes, as one start of its silo.</summary>
[GenerateSerializer, Immutable]
internal sealed record Member([property: Id(0)] int Replica, [property: Id(1)] string Incarnation);

/// <summary>Where a replica stands.</summary>
[GenerateSerializer, Immutable]
internal sealed record ReplicaState
{
    /// <summary>The start of the silo that answers.</summary>
    [Id(0)]
    public required string Incarnation { get; init; }

    /// <summary>Whether it has had every acknowledged write, without a break, since it was configured.</summary>
    [Id(1)]
    public required bool IsServing { get; init; }

    /// <summary>The configuration it knows; 0 for none yet.</summary>
    [Id(2)]
    public required long Epoch { get; init; }

    /// <summary>Appends of an earlier epoch are refused.</summary>
    [Id(3)]
    public required long Promised { get; init; }

    /// <summary>Whom that was promised to.</summary>
    [Id(6)]
    public required Guid Leader { get; init; }

    /// <summary>Who acknowledges in that epoch.</summary>
    [Id(4)]
    public required Member[] Members { get; init; }

    /// <summary>The number of the last operation in its log, from 1.</summary>
    [Id(5)]
    public required long LastNumber { get; init; }

    /// <summary>Whether acknowledged operations may be missing, as its log was damaged or a join was cut off.</summary>
    [Id(7)]
    public bool MayMiss { get; init; }

    /// <summary>Whether nothing was ever acknowledged by it: what it has is a part of what another had.</summary>
    public bool IsEmpty => Epoch == 0 && Promised == 0;
}

/// <summary>Operations of a log after a place, or that it doesn't have the place.</summary>
/// <param name="HasPlace">Whether it has it.</param>
/// <param name="Operations">What comes after.</param>
/// <param name="ServesIn">The epoch in which it serves; 0 where it doesn't, and may itself miss what was acknowledged.</param>
[GenerateSerializer, Immutable]
internal sealed record LogPage(
    [property: Id(0)] bool HasPlace, [property: Id(1)] byte[][] Operations, [property: Id(2)] long ServesIn);

/// <summary>A commit that a replica lets another copy.</summary>
/// <param name="Id">By which its files are read and released.</param>
/// <param name="Number">The last operation that it has.</param>
/// <param name="Hash">The log's hash there.</param>
/// <param name="Files">The one that makes it a commit is the last.</param>
[GenerateSerializer, Immutable]
internal sealed record CommitOffer(
    [property: Id(0)] Guid Id, [property: Id(1)] long Number, [property: Id(2)] byte[] Hash, [property: Id(3)] FileOffer[] Files);

/// <summary>A file of a commit, with its SHA-256.</summary>
[GenerateSerializer, Immutable]
internal sealed record FileOffer(
    [property: Id(0)] string Name, [property: Id(1)] long Length, [property: Id(2)] byte[] Checksum);

/// <summary>What a search asks of a shard first.</summary>
/// <param name="Field">The field of a vector.</param>
/// <param name="Terms">Its terms.</param>
/// <param name="Words">The words.</param>
/// <param name="Fields">All fields of vectors that may be searched.</param>
[GenerateSerializer, Immutable]
internal sealed record WireQuestion(
    [property: Id(0)] string Field, [property: Id(1)] string[] Terms, [property: Id(2)] string[] Words, [property: Id(3)] string[] Fields);

/// <summary>How many live documents have vectors of a model in a field.</summary>
[GenerateSerializer, Immutable]
internal sealed record FieldModels(
    [property: Id(0)] string Field, [property: Id(1)] string Fingerprint, [property: Id(2)] long Documents);

/// <summary>What a shard adds to the statistics of the whole index: live documents alone.</summary>
/// <param name="Documents">How many it has.</param>
/// <param name="Frequencies">How many have each term of a vector.</param>
/// <param name="Models">Whose vectors they have.</param>
/// <param name="Words">How many have each word.</param>
/// <param name="Length">How many words all have together.</param>
/// <param name="Shards">How many shards the silo's index has; 0 where it doesn't say, as of an earlier version.</param>
[GenerateSerializer, Immutable]
internal sealed record ShardStatistics(
    [property: Id(0)] long Documents, [property: Id(1)] int[] Frequencies, [property: Id(2)] FieldModels[] Models,
    [property: Id(3)] int[] Words, [property: Id(4)] long Length, [property: Id(5)] int Shards = 0);

/// <summary>A query vector as it travels, with the field that it is for.</summary>
/// <param name="Field">The field.</param>
/// <param name="Terms">Its terms.</param>
/// <param name="Weights">A weight for each.</param>
/// <param name="Models">The fingerprints of the vectors that it may be compared with: a search is refused where a live document has none of
/// them. Null where the client doesn't say, as of an earlier version.</param>
[GenerateSerializer, Immutable]
internal sealed record WireVector(
    [property: Id(0)] string Field, [property: Id(1)] string[] Terms, [property: Id(2)] float[] Weights,
    [property: Id(3)] string[]? Models = null)
{
    public static WireVector Of(SpladeQuery query, string[] models) =>
        new(query.Field, [.. query.Vector.Select(term => term.Term)], [.. query.Vector.Select(term => term.Weight)], models);

    public SpladeQuery ToQuery(ImpactFormat format) =>
        new(Field, SparseVector.Create(Terms.Select((term, i) => new SparseTerm(term, Weights[i]))), format);
}

/// <summary>A search by words and meaning, with what all shards together say of the words.</summary>
[GenerateSerializer, Immutable]
internal sealed record WireHybridQuery
{
    [Id(0)]
    public required WireVector Meaning { get; init; }

    /// <summary>The meaning's share of a fused score.</summary>
    [Id(1)]
    public required double MeaningWeight { get; init; }

    /// <summary>What a document's meaning has to score.</summary>
    [Id(2)]
    public required float LeastScore { get; init; }

    [Id(3)]
    public required string[] Words { get; init; }

    /// <summary>How many documents of all shards have each word.</summary>
    [Id(4)]
    public required long[] Frequencies { get; init; }

    /// <summary>How many documents all shards have.</summary>
    [Id(5)]
    public required long Documents { get; init; }

    /// <summary>How many words all documents have together.</summary>
    [Id(6)]
    public required long Length { get; init; }
}

/// <summary>The best hits of a shard.</summary>
[GenerateSerializer, Immutable]
internal sealed record ShardHit(
    [property: Id(0)] string Key, [property: Id(1)] float Score, [property: Id(2)] Dictionary<string, string> Stored);
