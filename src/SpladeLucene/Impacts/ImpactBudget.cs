using SpladeLucene.Telemetry;

namespace SpladeLucene.Impacts;

/// <summary>Bytes that may be used and bytes that are. Thread-safe, without locks.</summary>
internal sealed class ImpactBudget(long limit)
{
    private long _used;

    public long Limit { get; } = limit;

    public long Used => Volatile.Read(ref _used);

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

    public void Return(long bytes)
    {
        Interlocked.Add(ref _used, -bytes);
        ImpactTelemetry.Resident(-bytes);
    }
}
