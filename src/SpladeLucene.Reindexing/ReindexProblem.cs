namespace SpladeLucene.Reindexing;

/// <summary>Why a migration is refused.</summary>
/// <param name="Kind">What kind of reason it is.</param>
/// <param name="Text">A sentence that names the input.</param>
public sealed record ReindexProblem(ReindexProblemKind Kind, string Text)
{
    /// <summary>What a program can do about it, as a sentence; null where the text says enough.</summary>
    public string? Advice { get; init; }

    /// <summary>The text, and the advice if there is one.</summary>
    public override string ToString() => Advice is null ? Text : $"{Text} {Advice}";
}

/// <summary>What kind of reason a migration is refused for.</summary>
public enum ReindexProblemKind
{
    /// <summary>The folders of source and target can't be used together, or one isn't there.</summary>
    Folders,

    /// <summary>The source holds no index that can be read: none at all, one that is too old or too new, one being damaged.</summary>
    SourceUnreadable,

    /// <summary>Files of the source, or of the target that is to catch up, aren't as they were written.</summary>
    Damaged,

    /// <summary>A field that was named is not there, or is there and shouldn't be, or can't be written again.</summary>
    Field,

    /// <summary>No document has a stored text of a field that is to be encoded.</summary>
    TextNotStored,

    /// <summary>Some documents have no text, and that is refused.</summary>
    TextMissing,

    /// <summary>A document can't be read or encoded.</summary>
    Document,

    /// <summary>The target holds something that this migration can't go on with.</summary>
    Target,

    /// <summary>The working folder is another migration's, or holds something else.</summary>
    WorkingFolder,

    /// <summary>Another process or writer is using the working folder or the target.</summary>
    InUse,

    /// <summary>No text that is to be encoded has more than blanks.</summary>
    TextBlank,
}
