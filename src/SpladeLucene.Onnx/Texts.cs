namespace SpladeLucene.Onnx;

internal static class Texts
{
    /// <summary>Refuses a list that is null or has a null in it.</summary>
    public static void Require(IReadOnlyList<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        for (int i = 0; i < texts.Count; i++)
        {
            if (texts[i] is null) throw new ArgumentException($"The text at index {i} is null.", nameof(texts));
        }
    }
}
