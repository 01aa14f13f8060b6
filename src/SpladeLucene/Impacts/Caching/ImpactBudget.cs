using SpladeLucene.Telemetry;

namespace SpladeLucene.Impacts.Caching;

/// <summary>Bytes that may be used on the heap and bytes that are, and those in mapped files beside them. Thread-safe, without
/// locks.</summary>
internal sealed class ImpactBudget(long limit)
{
    private long _used, _mapped;

#pragma warning disable MA0055 // It frees nothing, it counts: nobody else hears that a cache isn't used any more. Here, where it keeps no impacts.
    /// <summary>What the cache held is gone from the gauges too.</summary>
    ~ImpactBudget()
    {
        ImpactTelemetry.Resident(-Used);
        FileTelemetry.Resident(-Mapped);
    }
#pragma warning restore MA0055

    public long Limit { get; } = limit;

    public long Used => Volatile.Read(ref _used);

    public long Mapped => Volatile.Read(ref _mapped);

    public bool Fits(long bytes) => Used + bytes <= Limit;

    public bool TryReserve(long bytes)
    {
        long used = Used;
        while (used + bytes <= Limit)
        {
            long found = Interlocked.CompareExchange(ref _used, used + bytes, used);
            if (found == used)
            {
                ImpactTelemetry.Resident(bytes);
                return true;
            }

            used = found;
        }

        return false;
    }

    public void CountMapped(long bytes)
    {
        Interlocked.Add(ref _mapped, bytes);
        FileTelemetry.Resident(bytes);
    }

    public void Return(long bytes)
    {
        Interlocked.Add(ref _used, -bytes);
        ImpactTelemetry.Resident(-bytes);
    }
}
