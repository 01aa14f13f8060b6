using Lucene.Net.Util;

namespace Lucene.Net.Index;

// Makes one segment of the live documents of any readers: merging, AddIndexes and parallel readers all come here.
internal sealed class SegmentMerger
{
    private readonly SegmentBuilder _builder = new();

    internal static Segment Merge(IReadOnlyList<AtomicReader> readers, string name)
    {
        var merger = new SegmentMerger();
        foreach (AtomicReader reader in readers)
        {
            merger._builder.FieldInfos.Merge(reader.FieldInfos);
        }
        foreach (AtomicReader reader in readers)
        {
            merger.Add(reader);
        }
        return merger._builder.Build(name);
    }

    private void Add(AtomicReader reader)
    {
        int[] newDocs = NumberLiveDocs(reader);
        foreach (FieldInfo info in reader.FieldInfos)
        {
            AddNorms(reader, info, newDocs);
            new DocValuesMerger(_builder, reader, newDocs).Add(info);
        }
        if (reader.Fields is { } fields)
        {
            foreach (string field in fields)
            {
                AddTerms(field, fields.GetTerms(field), newDocs);
            }
        }
        for (int doc = 0; doc < newDocs.Length; doc++)
        {
            if (newDocs[doc] >= 0)
            {
                AddDocument(reader, doc, newDocs[doc]);
            }
        }
    }

    // The new number of each document, -1 for the deleted ones.
    private int[] NumberLiveDocs(AtomicReader reader)
    {
        IBits? live = reader.LiveDocs;
        var newDocs = new int[reader.MaxDoc];
        int next = _builder.DocCount;
        for (int doc = 0; doc < newDocs.Length; doc++)
        {
            newDocs[doc] = live is null || live.Get(doc) ? next++ : -1;
        }
        return newDocs;
    }

    private void AddDocument(AtomicReader reader, int doc, int newDoc)
    {
        using var record = new StoredFieldCopier(_builder.FieldInfos);
        reader.Document(doc, record);
        _builder.AddStored(record.ToArray());
        if (reader.GetTermVectors(doc) is { Count: > 0 } vectors)
        {
            _builder.AddVectors(newDoc, CopyVectors(vectors));
        }
    }

    private void AddNorms(AtomicReader reader, FieldInfo info, int[] newDocs)
    {
        if (info.HasNorms && reader.GetNormValues(info.Name) is { } norms)
        {
            for (int doc = 0; doc < newDocs.Length; doc++)
            {
                if (newDocs[doc] >= 0)
                {
                    _builder.AddNorm(info.Name, newDocs[doc], norms.Get(doc));
                }
            }
        }
    }

    private void AddTerms(string field, Terms? source, int[] newDocs)
    {
        if (source is not null && _builder.FieldInfos.FieldInfo(field) is { } info)
        {
            Recorded recorded = info.Recorded();
            var copier = new PostingsCopier(_builder.Terms(field), recorded, newDocs);
            copier.Copy(source);
        }
    }

    private static SegmentFields CopyVectors(Fields vectors)
    {
        var copies = new SegmentFields();
        foreach (string field in vectors)
        {
            Terms source = vectors.GetTerms(field)!;
            Recorded recorded = RecordedIn(source);
            var target = new TermsBuilder();
            new PostingsCopier(target, recorded, [0]).Copy(source);
            copies.Add(field, target.Build(recorded));
        }
        return copies;
    }

    private static Recorded RecordedIn(Terms vector) =>
        Recorded.Freqs
        | (vector.HasPositions ? Recorded.Positions : 0)
        | (vector.HasOffsets ? Recorded.Offsets : 0)
        | (vector.HasPayloads ? Recorded.Payloads : 0);
}
