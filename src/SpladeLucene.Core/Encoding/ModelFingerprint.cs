namespace SpladeLucene;

/// <summary>What made a vector. Two encoders whose vectors may be compared have <see cref="Matches">matching</see>
/// fingerprints.</summary>
/// <param name="Name">
/// The model's name, for people; no white space. It doesn't count when fingerprints are matched.
/// </param>
/// <param name="ModelHash">The first 12 hexadecimal digits of the SHA-256 of the model's graph and weights.</param>
/// <param name="VocabularyHash">
/// The same of the tokenizer: the vocabulary, one entry a line in the order of the ids, and every setting that decides
/// which tokens a text becomes (normalization, affixes, unknown and surrounding tokens, the longest word, added tokens).
/// </param>
/// <param name="Head">Pooling and activation, such as <c>max-log1p-relu</c>; no white space.</param>
/// <param name="MaxTokens">How many tokens of a text the model sees at a time, special tokens included.</param>
/// <param name="Pruning">What the encoder drops. It changes how good vectors are, not whether they compare.</param>
public sealed partial record ModelFingerprint(
    string Name, string ModelHash, string VocabularyHash, string Head, int MaxTokens, Pruning Pruning)
{
    // In UTF-16 units. A fingerprint is a term of the index, and Lucene's longest term has 32,766 bytes.
    internal const int LongestWord = 255;

    /// <summary>The model's name; not blank, no white space, 255 UTF-16 units at most.</summary>
    /// <exception cref="ArgumentException">
    /// A part that stands in one line with others is blank, has white space or is longer than 255 UTF-16 units.
    /// </exception>
    public string Name { get; init => field = Word(value, nameof(Name)); } = Word(Name, nameof(Name));

    /// <summary>The model's hash; as the name.</summary>
    public string ModelHash { get; init => field = Word(value, nameof(ModelHash)); } = Word(ModelHash, nameof(ModelHash));

    /// <summary>The vocabulary's hash; as the name.</summary>
    public string VocabularyHash { get; init => field = Word(value, nameof(VocabularyHash)); } = Word(VocabularyHash, nameof(VocabularyHash));

    /// <summary>Pooling and activation; as the name.</summary>
    public string Head { get; init => field = Word(value, nameof(Head)); } = Word(Head, nameof(Head));

    /// <summary>Tokens the model sees at a time; not negative.</summary>
    public int MaxTokens { get; init => field = NotNegative(value, nameof(MaxTokens)); } = NotNegative(MaxTokens, nameof(MaxTokens));

    /// <summary>How long texts are cut. It changes how good vectors are, not whether they compare.</summary>
    public TextWindows Windows { get; init; } = TextWindows.None;

    /// <summary>How many tokens of a long text are read in all; positive, default all. It changes how good vectors are, not
    /// whether they compare.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not positive.</exception>
    public int TextTokens { get; init => field = Positive(value, nameof(TextTokens)); } = int.MaxValue;

    /// <summary>What length costs a text. Documents of different normalizations do not compare.</summary>
    public LengthNormalization Length { get; init; } = LengthNormalization.None;

    /// <summary>
    /// Whether vectors made under both fingerprints may be compared: same weights, vocabulary, head and length
    /// normalization.
    /// </summary>
    public bool Matches(ModelFingerprint other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return ModelHash == other.ModelHash && VocabularyHash == other.VocabularyHash && Head == other.Head
            && Length == other.Length;
    }

    // Anything else could not be read back, and a fingerprint that can't be read protects nobody.
    private static string Word(string value, string property)
    {
        ArgumentException.ThrowIfNullOrEmpty(value, property);
        if (value.Length > LongestWord)
        {
            throw new ArgumentException(
                $"'{value[..20]}…' has {value.Length} UTF-16 units; {LongestWord} fit a fingerprint.", property);
        }

        return value.Any(char.IsWhiteSpace)
            ? throw new ArgumentException($"'{value}' has white space; a fingerprint is one line of words.", property)
            : value;
    }

    private static int Positive(int value, string property)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value, property);
        return value;
    }

    private static int NotNegative(int value, string property)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value, property);
        return value;
    }
}
