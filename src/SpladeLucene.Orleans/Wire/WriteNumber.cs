using Orleans;

namespace SpladeLucene.Wire;

/// <summary>Which of a client's writes to a shard a message is of, so that one that comes late undoes nothing.</summary>
/// <param name="Client">One start of a client.</param>
/// <param name="Number">The write, the later the larger; the same however often it is sent.</param>
/// <param name="Oldest">The oldest that the client still waits for: it has given up or seen the end of all before.</param>
/// <param name="Leader">To whom it goes: another leader doesn't know what the client has given up, and is told first.</param>
/// <param name="Left">How long the client still waits for it; 0 where it doesn't say, as of an earlier version.</param>
[GenerateSerializer, Immutable]
internal sealed record WriteNumber(
    [property: Id(0)] Guid Client, [property: Id(1)] long Number, [property: Id(2)] long Oldest, [property: Id(3)] Guid Leader,
    [property: Id(4)] TimeSpan Left = default);
