using System.Runtime.InteropServices;

namespace SpladeLucene.Impacts;

/// <summary>
/// A hold on a segment's impacts for the time of a search: memory outside the heap isn't given back before all holds are.
/// </summary>
/// <param name="impacts">The impacts, held; null for none.</param>
internal readonly struct ImpactLease(SegmentImpacts? impacts) : IDisposable
{
    public SegmentImpacts? Impacts => impacts;

    public void Dispose() => impacts?.Release();

    /// <summary>Hands the hold over to an object that nobody closes.</summary>
    public LastingLease? Keep() => impacts is { IsOutsideHeap: true } ? new LastingLease(impacts) : null;
}

/// <summary>
/// A hold that ends with the object that has it, at the latest. What reads calls <see cref="GC.KeepAlive"/> for it when it has
/// read.
/// </summary>
internal sealed class LastingLease : SafeHandle
{
    private readonly SegmentImpacts _impacts;

    public LastingLease(SegmentImpacts impacts)
        : base(0, ownsHandle: true)
    {
        _impacts = impacts;
        SetHandle(1);
    }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        _impacts.Release();
        return true;
    }
}
