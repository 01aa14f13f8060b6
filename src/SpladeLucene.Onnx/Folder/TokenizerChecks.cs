using SpladeLucene.Onnx.Tokenization;

namespace SpladeLucene.Onnx.Folder;

internal static class TokenizerChecks
{
    /// <summary>Refuses a vocabulary that lacks a token which every BERT model needs.</summary>
    public static void RequireTokens(string path, Vocabulary vocabulary, params ReadOnlySpan<string> tokens)
    {
        foreach (string token in tokens)
        {
            if (vocabulary.TryGetId(token, out _)) continue;
            throw new ModelLoadException(
                path, $"{token} is not among the {vocabulary.Size} vocabulary entries", "it there");
        }
    }
}
