namespace SpladeLucene.Tool.Importing;

/// <summary>An id, a tab, and terms with a blank between, each as often as its impact says.</summary>
internal sealed class RepeatedParser : VectorParser
{
    public override ImportedDocument Parse(string line)
    {
        int tab = line.IndexOf('\t', StringComparison.Ordinal);
        if (tab <= 0) throw new FormatException("expected an id, a tab and terms");
        if (line.IndexOf('\t', tab + 1) >= 0) throw new FormatException("a second tab; expected terms with a blank between");
        var counts = new Dictionary<string, float>(StringComparer.Ordinal);
        var spans = counts.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (Range part in line.AsSpan(tab + 1).Split(' '))
        {
            ReadOnlySpan<char> term = line.AsSpan(tab + 1)[part];
            if (!term.IsEmpty) spans[term] = (spans.TryGetValue(term, out float count) ? count : 0) + 1;
        }

        return new ImportedDocument(line[..tab], [], [], SparseVector.FromWeights(counts));
    }
}
