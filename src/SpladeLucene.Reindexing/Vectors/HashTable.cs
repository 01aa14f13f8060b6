namespace SpladeLucene.Reindexing.Vectors;

/// <summary>
/// Where in the log each text's vector stands: open addressing, at most two thirds full, 24 bytes a slot, so 36 to 72
/// bytes a text. Not thread-safe.
/// </summary>
internal sealed class HashTable
{
    private const int SmallestCapacity = 1 << 10;

    // Invariant: a slot is free where its place is 0; the log's header stands at 0, so no record does.
    private Slot[] _slots;

    /// <param name="expected">About how many texts there will be.</param>
    public HashTable(long expected)
    {
        long wanted = Math.Clamp(expected + (expected / 2), SmallestCapacity, 1 << 29);
        _slots = new Slot[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((ulong)wanted)];
    }

    public int Count { get; private set; }

    /// <summary>The text's place; 0 where it has none.</summary>
    public long this[TextHash hash]
    {
        get => _slots[Find(hash)].Place;
        set
        {
            int at = Find(hash);
            if (_slots[at].Place == 0)
            {
                if (3L * (Count + 1) > 2L * _slots.Length)
                {
                    Grow();
                    at = Find(hash);
                }

                Count++;
            }

            _slots[at] = new Slot(hash, value);
        }
    }

    // The bits of a SHA-256 need no further mixing.
    private int Find(TextHash hash)
    {
        int mask = _slots.Length - 1, at = (int)hash.First & mask;
        while (_slots[at].Place != 0 && _slots[at].Hash != hash) at = (at + 1) & mask;
        return at;
    }

    private void Grow()
    {
        Slot[] old = _slots;
        _slots = new Slot[checked(old.Length * 2)];
        foreach (Slot slot in old)
        {
            if (slot.Place != 0) _slots[Find(slot.Hash)] = slot;
        }
    }

    private readonly record struct Slot(TextHash Hash, long Place);
}
