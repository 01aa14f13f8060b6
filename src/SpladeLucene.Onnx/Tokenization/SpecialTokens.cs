namespace SpladeLucene.Onnx.Tokenization;

internal static class SpecialTokens
{
    /// <summary>The ids of the tokens that say nothing about a text.</summary>
    public static IEnumerable<int> Of(TokenizerSettings settings)
    {
        string[] structural =
            [settings.UnknownToken, settings.FirstToken, settings.LastToken, TokenizerSettings.DefaultPadding];
        return settings.AddedTokens.Where(token => token.Special).Select(token => token.Id)
            .Concat(structural.Select(settings.Vocabulary.IdOf)).Distinct();
    }
}
