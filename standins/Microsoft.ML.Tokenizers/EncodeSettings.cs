namespace Microsoft.ML.Tokenizers;

public struct EncodeSettings
{
    public bool ConsiderNormalization { get; set; }

    public bool ConsiderPreTokenization { get; set; }
}
