using Lucene.Net.Index;
using Lucene.Net.Util;
using SpladeLucene.Indexing;
using SpladeLucene.Postings;
using SpladeLucene.Reindexing.Source;
using SpladeLucene.Reindexing.Vectors;

namespace SpladeLucene.Reindexing.Running;

/// <summary>Brings the vectors that a complete target has into the log, out of its postings.</summary>
internal sealed class TargetVectors(
    VectorLog log, IReadOnlyList<ReindexMapping> mappings, bool offsets, CancellationToken cancellation)
{
    // Bounds what is held in memory: the vectors of so many documents at a time, and about so many of their terms.
    private const int FewestDocuments = 1 << 6, MostDocuments = 1 << 13, MostPostings = 1 << 20;

    /// <summary>How many documents of a segment are read at a time, going by how many postings they have.</summary>
    public static int WindowOf(long postings, int documents) => (int)Math.Clamp(
        (long)MostPostings * documents / Math.Max(1, postings), FewestDocuments, MostDocuments);

    /// <summary>Reads the vectors of segments, where they aren't in the log yet.</summary>
    /// <param name="segments">The segments, each with the texts whose vectors are wanted; null for all.</param>
    /// <param name="path">The target's folder, for messages.</param>
    public void Collect(IEnumerable<(SegmentReader Segment, HashSet<TextHash>? Texts)> segments, string path)
    {
        foreach ((SegmentReader segment, HashSet<TextHash>? texts) in segments)
        {
            if (Integrity.ProblemIn([segment], $"the target '{path}'", cancellation) is { } damage)
                throw new IOException(damage);
            foreach (ReindexMapping mapping in mappings) Collect(segment, mapping, texts);
        }

        log.Flush();
    }

    private void Collect(AtomicReader segment, ReindexMapping mapping, HashSet<TextHash>? texts)
    {
        BinaryDocValues? hashes = segment.GetBinaryDocValues(mapping.HashField);
        var value = new BytesRef();
        int window = WindowOf(segment.GetTerms(mapping.TargetField)?.SumDocFreq ?? 0, segment.MaxDoc);
        for (int start = 0; start < segment.MaxDoc; start += window)
        {
            cancellation.ThrowIfCancellationRequested();
            var wanted = new TextHash[Math.Min(window, segment.MaxDoc - start)];
            for (int i = 0; i < wanted.Length; i++)
            {
                TextHash hash = OrderHash.HashIn(hashes, start + i, value);
                wanted[i] = hash != default && texts?.Contains(hash) != false && log.Claim(hash) ? hash : default;
            }

            if (!wanted.All(hash => hash == default)) Collect(segment, mapping.TargetField, start, wanted);
        }
    }

    private void Collect(AtomicReader segment, string name, int start, TextHash[] wanted)
    {
        var vectors = new List<TermImpact>[wanted.Length];
        for (int i = 0; i < vectors.Length; i++) vectors[i] = [];
        if (ImpactReader.Open(segment, name) is { } impacts) Read(impacts, start, wanted, vectors);
        for (int i = 0; i < wanted.Length; i++)
        {
            if (wanted[i] != default)
                log.Add(wanted[i], System.Runtime.InteropServices.CollectionsMarshal.AsSpan(vectors[i]));
        }

        log.Append();
    }

    private void Read(ImpactReader impacts, int start, TextHash[] wanted, List<TermImpact>[] vectors)
    {
        TermsEnum terms = impacts.Terms();
        while (terms.MoveNext())
        {
            cancellation.ThrowIfCancellationRequested();
            if (SpladeFingerprint.IsReserved(terms.Term)) continue;
            SpannedPostings postings = impacts.SpannedPostings(terms, offsets);
            string? text = null;
            for (int doc = postings.Advance(start); doc < start + wanted.Length; doc = postings.NextDoc())
            {
                if (wanted[doc - start] == default) continue;
                (int impact, SourceSpan span) = postings.Read();
                vectors[doc - start].Add(new TermImpact(text ??= terms.Term.Utf8ToString(), impact, span));
            }
        }
    }
}
