using Lucene.Net.Index;
using SpladeLucene.Reindexing.Source;
using SpladeLucene.Reindexing.State;
using SpladeLucene.Reindexing.Vectors;
using Directory = Lucene.Net.Store.Directory;

namespace SpladeLucene.Reindexing.Carrying;

/// <summary>
/// Which of the source's segments the target has already, so that a run writes the others only. Holds the target open.
/// </summary>
internal sealed class CarryPlan : IDisposable
{
    private readonly Directory? _directory;
    private readonly SourceIndex _source;
    private readonly CarriedSegment?[] _carried;

    private CarryPlan(SourceIndex source, Directory? directory, DirectoryReader? target, CarriedSegment?[] carried)
    {
        (_source, _directory, Target, _carried) = (source, directory, target, carried);
        Written = [.. source.Segments.Where((_, i) => carried[i] is null)];
    }

    /// <summary>For each segment of the source the one of the target that stays; null where it is written.</summary>
    public IReadOnlyList<CarriedSegment?> Segments => _carried;

    /// <summary>The segments of the source that are written, in their order; those without live documents among them.</summary>
    public IReadOnlyList<SegmentReader> Written { get; }

    public IEnumerable<CarriedSegment> Carried => _carried.OfType<CarriedSegment>();

    public bool CarriesAny => Written.Count < _carried.Length;

    /// <summary>The target as it is; null where there is none.</summary>
    public DirectoryReader? Target { get; }

    /// <inheritdoc cref="SourceIndex.IdentityOf"/>
    public string? IdentityOf(SegmentReader segment) => _source.IdentityOf(segment);

    /// <summary>Bytes of the segments that stay.</summary>
    /// <param name="copied">Only of those that don't keep their place.</param>
    public long Bytes(bool copied) => Carried.Where(one => !copied || !one.StaysInPlace)
        .Sum(one => ((SegmentReader)one.Made).SegmentInfo.GetSizeInBytes());

    /// <summary>Live documents of the segments that stay.</summary>
    public long Documents => Carried.Sum(one => (long)(one.Made.MaxDoc - one.Deleted));

    /// <summary>The state of the source, and what of it isn't in the index that the run makes beside the target.</summary>
    public string WorkFor(ReindexOptions options)
    {
        string state = _source.StateFor(options);
        IEnumerable<string> left = _source.Segments.Where((_, i) => _carried[i] is not null).Select(one => one.SegmentName);
        return CarriesAny ? $"{state} without {string.Join(' ', left)}" : state;
    }

    /// <summary>
    /// The segments of the target whose vectors the run takes, with the texts that are wanted of each; null for all.
    /// </summary>
    public IEnumerable<(SegmentReader Segment, HashSet<TextHash>? Texts)> VectorsToRead(
        IReadOnlyList<ReindexMapping> mappings, ReindexOptions options, CancellationToken cancellation)
    {
        if (Target is null) return [];
        return CarriesAny
            ? WantedTexts.FindIn(Target, mappings, WantedTexts.Of(Written, mappings, options, cancellation))
            : IndexFolder.SegmentsOf(Target).Select(segment => (segment, (HashSet<TextHash>?)null));
    }

    /// <summary>Compares a source with a target.</summary>
    /// <param name="source">The source; has to stay open.</param>
    /// <param name="path">The target's folder.</param>
    /// <param name="mark">What its commit says; null where there is no target, so that everything is written.</param>
    /// <param name="options">How many deletions may stay.</param>
    public static CarryPlan Of(SourceIndex source, string path, Checkpoint? mark, ReindexOptions options)
    {
        var carried = new CarriedSegment?[source.Segments.Count];
        if (mark is null) return new CarryPlan(source, null, null, carried);
        Directory directory = IndexFolder.Open(path);
        try
        {
            CheckedFirst.RequireWhole(directory, path, $"the target '{path}'");
            return IndexFolder.Open(directory, target =>
            {
                // Texts that the caller supplies may be others now, whose vectors only asking brings.
                bool sameTexts = !SourceIndex.HasSuppliedTexts(mark.Source) && options.TextOf is null;
                if (sameTexts && TargetOrigins.Read(path, mark.Origins) is { } origins && origins.Count == target.Leaves.Count)
                    Match(source, target, origins, options.MaxDeletedShare, carried);
                return new CarryPlan(source, directory, target, carried);
            });
        }
        catch
        {
            directory.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Target?.Dispose();
        _directory?.Dispose();
    }

    private static void Match(
        SourceIndex source, DirectoryReader target, IReadOnlyList<SegmentOrigin?> origins, double mostDeleted,
        CarriedSegment?[] carried)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < origins.Count; i++)
        {
            if (origins[i] is { } origin) places[origin.Identity] = i;
        }

        for (int i = 0; i < carried.Length; i++)
        {
            SegmentReader segment = source.Segments[i];
            if (segment.NumDocs == 0 || source.IdentityOf(segment) is not { } identity
                || !places.TryGetValue(identity, out int place)) continue;
            CarriedSegment? one = CarriedSegment.Of(segment, target.Leaves[place].AtomicReader, place, origins[place]!);
            if (one is not null && one.Deleted <= mostDeleted * one.Made.MaxDoc) carried[i] = one;
        }

        if (ColumnsAgree(source, target)) FindThoseInPlace(source, carried);
    }

    // A writer that goes on with an index holds each column to the type that it has in any segment, also in one that goes.
    private static bool ColumnsAgree(SourceIndex source, DirectoryReader target) => !SourceChecks.OfDocValues(
        source.Path, source.Segments.Where(segment => segment.NumDocs > 0).Concat(IndexFolder.SegmentsOf(target))
            .SelectMany(segment => segment.FieldInfos).Select(info => (info.Name, info.DocValuesType))).Any();

    // The target's order becomes the source's. A writer adds segments at the end, so what comes behind one that is added
    // can't stay where it is.
    private static void FindThoseInPlace(SourceIndex source, CarriedSegment?[] carried)
    {
        int last = -1;
        for (int i = 0; i < carried.Length; i++)
        {
            if (source.Segments[i].NumDocs == 0) continue;
            if (carried[i] is not { } one || one.Place <= last) return;
            one.StaysInPlace = true;
            last = one.Place;
        }
    }
}
