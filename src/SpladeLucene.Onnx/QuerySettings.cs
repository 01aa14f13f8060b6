using SpladeLucene.Onnx.Folder;

namespace SpladeLucene.Onnx;

/// <summary>What is done to a query that a table weighs, and what it asks of its hits.</summary>
/// <param name="Pruning">Which terms are too light to keep.</param>
/// <param name="IdfExponent">How much terms count less that are frequent in the index.</param>
/// <param name="FloorShare">What a hit scores at least, as a share of the best.</param>
/// <param name="FusionWeight">The share of the scores in a sum with BM25's; null where it isn't known.</param>
internal sealed record QuerySettings(Pruning Pruning, float IdfExponent, float FloorShare, float? FusionWeight)
{
    public static QuerySettings Of(EncoderSettings settings) =>
        new(settings.QueryPruning, settings.QueryIdfExponent, settings.FloorShare, settings.FusionWeight);

    public static QuerySettings Of(SpladeJson splade) => new(
        splade.QueryPruning ?? Pruning.None, splade.QueryIdfExponent ?? 0, splade.FloorShare ?? 0, splade.FusionWeight);
}
