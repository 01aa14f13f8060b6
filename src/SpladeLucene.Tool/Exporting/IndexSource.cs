using System.Runtime.CompilerServices;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using SpladeLucene.Evaluation;
using SpladeLucene.Tool.Exporting.Forms;
using SpladeLucene.Tool.Importing;
using SpladeLucene.Tool.Searching;

namespace SpladeLucene.Tool.Exporting;

/// <summary>The vectors of an index's SPLADE field, and queries as that index weighs them.</summary>
internal sealed class IndexSource : ExportSource
{
    private readonly ExportRequest _request;
    private readonly OpenedIndex _index;
    private readonly string _field, _id;
    private readonly ImpactQuantizer _quantizer;
    private long _done;

    /// <param name="request">What is asked for.</param>
    /// <param name="index">The index; whoever opened it closes it.</param>
    /// <exception cref="InvalidDataException">It has no such field, or none of vectors, or several and none is named.</exception>
    /// <exception cref="FingerprintMismatchException">The field holds vectors of several models.</exception>
    public IndexSource(ExportRequest request, OpenedIndex index)
    {
        (_request, _index, _id) = (request, index, request.Id ?? ImportRequest.IdField);
        _field = request.Field ?? OnlyFieldOf(index);
        index.Require([_field, .. request.AreQueries ? [] : new[] { _id }, .. request.With]);
        Range = FingerprintOf(index, _field).Range;
        _quantizer = new ImpactQuantizer(Range);
    }

    public override double Range { get; }

    public override (long Done, long All) Progress => (_done, _index.Reader.NumDocs);

    public override async IAsyncEnumerable<ExportedVector> Documents([EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        HashSet<string> stored = new([_id, .. _request.With], StringComparer.Ordinal);
        foreach (AtomicReaderContext leaf in _index.Reader.Leaves)
        {
            AtomicReader reader = leaf.AtomicReader;
            foreach (ExportedVector vector in new IndexVectors(reader, _field).Documents(
                (doc, terms) => VectorOf(leaf.DocBase + doc, reader.Document(doc, stored), terms), cancellation))
            {
                yield return vector;
                _done++;
            }
        }
    }

    /// <summary>The terms of the field, in the order of their UTF-8.</summary>
    public IEnumerable<string> Terms()
    {
        TermsEnum? terms = MultiFields.GetTerms(_index.Reader, _field)?.GetEnumerator();
        while (terms is not null && terms.MoveNext())
        {
            if (!SpladeFingerprint.IsReserved(terms.Term)) yield return terms.Term.Utf8ToString();
        }
    }

    /// <summary>A query with the weights that its terms have in this index.</summary>
    public ExportedQuery QueryOf(CollectionQuery query, ISparseEncoder encoder)
    {
        var options = new SpladeQueryOptions { Format = new ImpactFormat { Quantizer = _quantizer } };
        SpladeQuery made = SpladeQuery.Create(_index.Reader, _field, query.Text, encoder, options);
        float unit = made.Quantized.Unit;
        var terms = new List<WeighedTerm>();
        if (_request.Weights == ExportWeights.Real) terms.AddRange(made.Vector.Select(term => new WeighedTerm(term.Term, term.Weight)));
        else foreach (QuantizedTerm term in made.Quantized.Terms) terms.Add(new WeighedTerm(term.Term, term.Weight * unit));
        // Half a step lower, so that an engine that rounds lets the same documents pass.
        double? least = made.Floor.IsNone || terms.Count == 0 ? null : (made.Best.Over(made, _index.Reader).LeastSum - 0.5) * unit;
        return new ExportedQuery(query.Id, query.Text, terms, least);
    }

    /// <summary>The model that the vectors are of, for a table that goes with it.</summary>
    public ModelFingerprint ModelOfVectors() => FingerprintOf(_index, _field).Model;

    public override void Dispose()
    {
        // Whoever opened the index closes it.
    }

    private ExportedVector VectorOf(int doc, Document document, IReadOnlyList<(string Term, byte Impact)> terms)
    {
        string id = document.Get(_id) ?? throw new InvalidDataException(
            $"Document {doc} of the index has no stored '{_id}'; --id names the stored field that is its id.");
        bool whole = _request.Weights == ExportWeights.Whole;
        return new ExportedVector(id,
            [.. _request.With.Select(name => KeyValuePair.Create(name, (IReadOnlyList<string>)document.GetValues(name))).Where(field => field.Value.Count > 0)],
            [.. terms.Select(term => new WeighedTerm(term.Term, whole ? term.Impact : _quantizer.Dequantize(term.Impact)))]);
    }

    private static string OnlyFieldOf(OpenedIndex index)
    {
        string[] fields = [.. index.SpladeFields()];
        return fields switch
        {
            [var only] => only,
            [] => throw new InvalidDataException("The index has no SPLADE field."),
            _ => throw new InvalidDataException($"The index has several SPLADE fields, of which --field names one: {string.Join(", ", fields)}."),
        };
    }

    // Those of deleted documents may still be there, and don't count.
    private static SpladeFingerprint FingerprintOf(OpenedIndex index, string field)
    {
        FingerprintMismatchException? mismatch = null;
        foreach (SpladeFingerprint made in SpladeFingerprint.Read(index.Reader, field).Keys)
        {
            try
            {
                made.RequireIn(index.Reader, field);
                return made;
            }
            catch (FingerprintMismatchException several)
            {
                mismatch ??= several;
            }
        }

        throw mismatch is null ? index.NoVectorsIn(field) : mismatch;
    }
}
