using SpladeLucene.Wire;

namespace SpladeLucene.Routing;

/// <summary>A field of impacts and the model that makes them.</summary>
internal sealed record FieldModel(string Field, ISparseEncoder Encoder, ImpactFormat Format)
{
    /// <summary>What the field's documents have to be made with.</summary>
    public SpladeFingerprint Fingerprint => new(Encoder.Fingerprint, Format.Quantizer.Range, Format.Encoding);

    /// <summary>A document's vector that it made.</summary>
    public FieldVector Of(SparseVector vector) => new(Field, Encoder.Fingerprint.ToString(), vector);

    /// <summary>How many live documents have its vectors.</summary>
    public long DocumentsIn(IEnumerable<ShardStatistics> shards) => ModelsIn(shards).Sum(model => model.Documents);

    /// <summary>The fingerprints by which its vectors are known.</summary>
    public string[] FingerprintsIn(IEnumerable<ShardStatistics> shards) =>
        [.. ModelsIn(shards).Select(model => model.Fingerprint).Append(Fingerprint.ToTerm()).Distinct(StringComparer.Ordinal)];

    /// <summary>What says why it can't be searched by.</summary>
    public Exception Refusal(string index, ShardStatistics[] shards)
    {
        SpladeFingerprint[] found = [.. shards.SelectMany(shard => shard.Models).Where(model => model.Field == Field)
            .Select(Parsed).OfType<SpladeFingerprint>().Distinct()];
        if (!found.All(known => known.Matches(Fingerprint))) return new FingerprintMismatchException(Field, Fingerprint, found);
        long all = shards.Sum(shard => shard.Documents), missing = all - DocumentsIn(shards);
        return new SpladeClusterException($"{missing:N0} of {all:N0} documents of the index '{index}' have no impacts in the field '{Field}', "
            + "and a search would miss them: write them again, or search the field that all have.");
    }

    private IEnumerable<FieldModels> ModelsIn(IEnumerable<ShardStatistics> shards) => shards.SelectMany(shard => shard.Models).Where(
        model => model.Field == Field && Parsed(model) is { } known && known.Matches(Fingerprint));

    private static SpladeFingerprint? Parsed(FieldModels model) =>
        SpladeFingerprint.TryParse(model.Fingerprint, out SpladeFingerprint? known) ? known : null;
}
