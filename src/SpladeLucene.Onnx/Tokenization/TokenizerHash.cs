using System.Text;

namespace SpladeLucene.Onnx.Tokenization;

/// <summary>The fingerprint's hash of all that decides which tokens a text becomes.</summary>
internal static class TokenizerHash
{
    /// <summary>The same for a tokenizer.json and a vocab.txt that mean the same.</summary>
    public static string Of(TokenizerSettings settings)
    {
        using var bytes = new MemoryStream();
        // It writes each string behind its length.
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        writer.Write(settings.Vocabulary.Hash);
        settings.WriteTo(writer);
        foreach (AddedToken token in settings.AddedTokens.OrderBy(token => token.Id)) Write(writer, token);
        writer.Flush();
        return ModelFingerprint.Hash(bytes.ToArray());
    }

    private static void Write(BinaryWriter writer, AddedToken token)
    {
        writer.Write(token.Id);
        writer.Write(token.Content);
        writer.Write(token.Special);
        writer.Write(token.SingleWord);
        writer.Write(token.StripLeft);
        writer.Write(token.StripRight);
        writer.Write(token.Normalized);
    }
}
