namespace Lucene.Net.Index;

// A document ready to be added: analyzed, checked, and nothing of it in the index yet.
internal sealed class InvertedDocument
{
    // Of all values, in their order: fields are numbered by it.
    internal List<string> Names { get; } = [];

    internal List<InvertedField> Fields { get; } = [];

    // Strings, byte arrays and numbers.
    internal List<(string Field, object Value)> Stored { get; } = [];

    // A long for numeric doc values, bytes for the other kinds.
    internal List<(string Field, DocValuesType Type, object Value)> DocValues { get; } = [];
}

internal sealed class InvertedField(string name)
{
    internal string Name => name;

    internal FieldTokens Tokens { get; } = new();

    internal FieldInvertState State { get; } = new(name);

    // The least that any of its values wants recorded.
    internal IndexOptions Options { get; set; } = IndexOptions.DOCS_AND_FREQS_AND_POSITIONS_AND_OFFSETS;

    internal bool OmitNorms { get; set; }

    internal long Norm { get; set; }

    internal Recorded? VectorContent { get; set; }

    // What of it goes into the postings.
    internal Recorded Recorded =>
        (Options.HasPositions() ? Recorded.Positions : 0) | (Options.HasOffsets() ? Recorded.Offsets : 0);

    internal SegmentTerms BuildVector()
    {
        var terms = new TermsBuilder();
        Tokens.AddTo(terms, 0, VectorContent!.Value);
        return terms.Build(VectorContent!.Value);
    }
}
