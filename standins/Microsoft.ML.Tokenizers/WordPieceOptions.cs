namespace Microsoft.ML.Tokenizers;

public class WordPieceOptions
{
    public PreTokenizer? PreTokenizer { get; set; }

    public Normalizer? Normalizer { get; set; }

    public string UnknownToken { get; set; } = "[UNK]";

    public string ContinuingSubwordPrefix { get; set; } = "##";

    /// <summary>In UTF-16 units; a longer word is unknown.</summary>
    public int MaxInputCharsPerWord { get; set; } = 100;
}
