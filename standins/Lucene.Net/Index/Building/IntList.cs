namespace Lucene.Net.Index;

// A list of ints that costs nothing while it is empty.
internal struct IntList
{
    private int[]? _items;

    internal int Count { get; private set; }

    internal readonly int Last => _items![Count - 1];

    internal void Add(int value)
    {
        if (_items is null || Count == _items.Length)
        {
            Array.Resize(ref _items, Math.Max(2, 2 * Count));
        }
        _items[Count++] = value;
    }

    internal readonly void IncrementLast() => _items![Count - 1]++;

    internal readonly int[] ToArray() => _items is null ? [] : _items[..Count];
}
