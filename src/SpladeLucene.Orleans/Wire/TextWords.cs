using Lucene.Net.Analysis;
using Lucene.Net.Analysis.TokenAttributes;

namespace SpladeLucene.Wire;

/// <summary>The words of a text, as BM25 needs them: what an analyzer makes of it, counted where the text is encoded.</summary>
/// <param name="Counts">Each word and how often it stands there, in the order in which they come first.</param>
/// <param name="Overlaps">How many of all stand in the place of another, as synonyms do: they don't make the text longer.</param>
internal sealed record TextWords(IReadOnlyList<KeyValuePair<string, int>> Counts, int Overlaps)
{
    public static TextWords None { get; } = new([], 0);

    /// <summary>How many there are, those in the place of another too.</summary>
    public int Length => Counts.Sum(word => word.Value);

    public static TextWords Of(string text, Analyzer analyzer)
    {
        var counts = new List<KeyValuePair<string, int>>();
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        int overlaps = 0;
        using TokenStream tokens = analyzer.GetTokenStream(SpladeClusterOptions.WordsField, text);
        ICharTermAttribute word = tokens.AddAttribute<ICharTermAttribute>();
        IPositionIncrementAttribute increment = tokens.AddAttribute<IPositionIncrementAttribute>();
        tokens.Reset();
        while (tokens.IncrementToken())
        {
            if (increment.PositionIncrement == 0 && counts.Count > 0) overlaps++;
            string found = word.ToString();
            if (places.TryAdd(found, counts.Count)) counts.Add(KeyValuePair.Create(found, 1));
            else counts[places[found]] = KeyValuePair.Create(found, counts[places[found]].Value + 1);
        }

        tokens.End();
        return new TextWords([.. counts], overlaps);
    }

    /// <exception cref="InvalidDataException">The bytes are no words.</exception>
    public static TextWords Read(BinaryReader from)
    {
        int overlaps = from.ReadInt32(), count = from.ReadInt32();
        if (count < 0 || count > from.BaseStream.Length) throw new InvalidDataException($"A text has no {count:N0} words.");
        var counts = new KeyValuePair<string, int>[count];
        for (int i = 0; i < count; i++) counts[i] = KeyValuePair.Create(from.ReadString(), from.ReadInt32());
        if (counts.Any(word => word.Value < 1)) throw new InvalidDataException("A word stands in a text once or more.");
        var words = new TextWords(counts, overlaps);
        if (overlaps < 0 || (overlaps > 0 && overlaps >= words.Length))
            throw new InvalidDataException($"Of {words.Length:N0} words {overlaps:N0} can't stand in the place of another.");
        return words;
    }

    public void Write(BinaryWriter to)
    {
        to.Write(Overlaps);
        to.Write(Counts.Count);
        foreach ((string word, int count) in Counts)
        {
            to.Write(word);
            to.Write(count);
        }
    }
}
