namespace SpladeLucene.Onnx.Tokenization;

/// <summary>What the BERT normalizer and pre-tokenizer want to know of a character.</summary>
[Flags]
internal enum CharacterTraits : byte
{
    None = 0,

    /// <summary>Control, format and private-use characters, and U+FFFD: cleaning drops them.</summary>
    Removed = 1,

    /// <summary>White space: ends a word, and cleaning makes it a blank.</summary>
    Space = 2,

    /// <summary>A CJK ideograph: a word by itself.</summary>
    Ideograph = 4,

    /// <summary>A word by itself. All ASCII symbols count, as in the original BERT.</summary>
    Punctuation = 8,

    /// <summary>Nothing is left of it once it is decomposed and rid of nonspacing marks.</summary>
    Mark = 16,

    /// <summary>Something else is left of it then.</summary>
    Decomposes = 32,

    /// <summary>Its lower case is another character.</summary>
    Cased = 64,

    /// <summary>Part of a word to the regular expressions of the reference (its <c>\w</c>).</summary>
    Word = 128,
}
