namespace Microsoft.ML.Tokenizers;

/// <summary>
/// Entries with their ids, found by span. Written out, because a dictionary of strings looks up spans only from
/// .NET 9 on.
/// </summary>
internal sealed class WordPieceVocabulary
{
    // Open addressing over a power of two of places, at most half of them taken; a place holds an index + 1.
    private readonly List<string> _entries = [];
    private readonly List<int> _ids = [];
    private int[] _places = new int[16];

    public static WordPieceVocabulary Read(Stream stream)
    {
        var vocabulary = new WordPieceVocabulary();
        // Not disposed: that would close the caller's stream.
        var reader = new StreamReader(stream);
        for (int id = 0; reader.ReadLine() is { } line; id++)
        {
            if (line.Length > 0) vocabulary.Add(line, id);
        }

        return vocabulary;
    }

    public bool TryGetId(ReadOnlySpan<char> entry, out int id)
    {
        int index = _places[Find(entry)] - 1;
        id = index < 0 ? 0 : _ids[index];
        return index >= 0;
    }

    private void Add(string entry, int id)
    {
        int place = Find(entry);
        if (_places[place] != 0)
            throw new ArgumentException($"An item with the same key has already been added. Key: {entry}");
        _entries.Add(entry);
        _ids.Add(id);
        _places[place] = _entries.Count;
        if (_entries.Count * 2 > _places.Length) Grow();
    }

    private int Find(ReadOnlySpan<char> entry)
    {
        int mask = _places.Length - 1;
        int place = string.GetHashCode(entry) & mask;
        while (_places[place] != 0 && !entry.SequenceEqual(_entries[_places[place] - 1])) place = (place + 1) & mask;
        return place;
    }

    private void Grow()
    {
        _places = new int[_places.Length * 2];
        for (int i = 0; i < _entries.Count; i++) _places[Find(_entries[i])] = i + 1;
    }
}
