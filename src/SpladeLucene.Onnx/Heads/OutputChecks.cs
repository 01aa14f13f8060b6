namespace SpladeLucene.Onnx.Heads;

internal static class OutputChecks
{
    /// <summary>Refuses weights that a graph has pooled if one is NaN, infinite or negative.</summary>
    public static void RequireWeights(ReadOnlySpan<float> weights, int text)
    {
        foreach (float weight in weights)
        {
            if (float.IsFinite(weight) && weight >= 0) continue;
            throw new BadOutputException(
                text, float.IsFinite(weight) ? "a negative weight" : BadOutputException.NotFinite);
        }
    }
}
