namespace SpladeLucene.Onnx.Tokenization;

/// <summary>A token that is looked for in the text itself before words are; the members are tokenizer.json's.</summary>
internal sealed record AddedToken(int Id, string Content)
{
    /// <summary>Never a word of the text's own, such as [SEP].</summary>
    public bool Special { get; init; }

    /// <summary>It doesn't count where a word character touches it.</summary>
    public bool SingleWord { get; init; }

    /// <summary>White space before it belongs to it.</summary>
    public bool StripLeft { get; init; }

    /// <summary>White space after it belongs to it.</summary>
    public bool StripRight { get; init; }

    /// <summary>It is looked for in normalized text, in its own normalized form.</summary>
    public bool Normalized { get; init; }
}
