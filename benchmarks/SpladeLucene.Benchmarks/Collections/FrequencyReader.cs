using Lucene.Net.Index;
using Lucene.Net.Util;
using SpladeLucene.Tool.Progress;

namespace SpladeLucene.Benchmarks.Collections;

/// <summary>
/// A segment of payloads as one of term frequencies, for AddIndexes: a token repeated as often as its impact says takes many
/// times longer to index than an impact takes to copy.
/// </summary>
internal sealed class FrequencyReader(AtomicReader payloads, WorkProgress progress, CancellationToken cancellation)
    : FilterAtomicReader(payloads)
{
    public override FieldInfos FieldInfos => new([.. base.FieldInfos.Select(AsFrequencies)]);

    public override Fields Fields => new FrequencyFields(base.Fields, progress, cancellation);

    private static FieldInfo AsFrequencies(FieldInfo field) => new(field.Name, field.IsIndexed, field.Number, false,
        field.OmitsNorms, false, IndexOptions.DOCS_AND_FREQS, field.DocValuesType, field.NormType, null);

    private sealed class FrequencyFields(Fields fields, WorkProgress progress, CancellationToken cancellation) : FilterFields(fields)
    {
        public override Terms? GetTerms(string field) =>
            base.GetTerms(field) is { } terms ? new FrequencyTerms(terms, progress, cancellation) : null;
    }

    private sealed class FrequencyTerms(Terms terms, WorkProgress progress, CancellationToken cancellation) : FilterTerms(terms)
    {
        public override long SumTotalTermFreq => -1;

        public override bool HasPositions => false;

        public override bool HasPayloads => false;

        public override TermsEnum GetEnumerator() => new FrequencyTermsEnum(base.GetEnumerator(), progress, cancellation);

        public override TermsEnum GetEnumerator(TermsEnum reuse) => GetEnumerator();
    }

    private sealed class FrequencyTermsEnum(TermsEnum terms, WorkProgress progress, CancellationToken cancellation)
        : FilterTermsEnum(terms)
    {
        private long _postings;

        // A fingerprint says how the impacts are written.
        public override BytesRef Term => SpladeFingerprint.TryParse(base.Term.Utf8ToString(), out SpladeFingerprint? fingerprint)
            ? new BytesRef((fingerprint with { Encoding = WeightEncoding.TermFrequency }).ToTerm())
            : base.Term;

        public override long TotalTermFreq => -1;

        public override bool MoveNext()
        {
            cancellation.ThrowIfCancellationRequested();
            if (!base.MoveNext()) return false;
            progress.Report(_postings += DocFreq);
            return true;
        }

        public override DocsEnum Docs(IBits liveDocs, DocsEnum reuse, DocsFlags flags) =>
            new FrequencyDocs(m_input.DocsAndPositions(liveDocs, null, DocsAndPositionsFlags.PAYLOADS));

        public override DocsAndPositionsEnum? DocsAndPositions(IBits liveDocs, DocsAndPositionsEnum reuse, DocsAndPositionsFlags flags) =>
            null;
    }

    private sealed class FrequencyDocs(DocsAndPositionsEnum postings) : DocsEnum
    {
        private int _frequency;

        public override int DocID => postings.DocID;

        public override int Freq => _frequency;

        public override int NextDoc() => Read(postings.NextDoc());

        public override int Advance(int target) => Read(postings.Advance(target));

        public override long GetCost() => postings.GetCost();

        private int Read(int document)
        {
            if (document == NO_MORE_DOCS) return document;
            postings.NextPosition();
            _frequency = postings.GetPayload() is { Length: > 0 } impact ? impact.Bytes[impact.Offset] : 1;
            return document;
        }
    }
}
