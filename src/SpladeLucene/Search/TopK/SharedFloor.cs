namespace SpladeLucene.Search.TopK;

/// <summary>
/// The best lower bound on the k-th hit that any thread of one search knows. Wait-free to read; only rises.
/// </summary>
internal sealed class SharedFloor(ulong floor)
{
    private ulong _floor = floor;

    public ulong Value => Volatile.Read(ref _floor);

    public void Raise(ulong floor)
    {
        ulong seen = Volatile.Read(ref _floor);
        while (floor > seen)
        {
            ulong found = Interlocked.CompareExchange(ref _floor, floor, seen);
            if (found == seen) return;
            seen = found;
        }
    }
}
