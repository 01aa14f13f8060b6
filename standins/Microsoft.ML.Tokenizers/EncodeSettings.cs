namespace Microsoft.ML.Tokenizers;

internal struct EncodeSettings
{
    public bool ConsiderNormalization { get; set; }

    public bool ConsiderPreTokenization { get; set; }
}
