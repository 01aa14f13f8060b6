using System.Globalization;
using Lucene.Net.Documents;

namespace SpladeLucene.Tool.Importing;

/// <summary>Makes Lucene's documents, and counts what their vectors lose. Not thread-safe.</summary>
internal sealed class ImportedDocuments(ImportRequest request, ModelFingerprint model)
{
    private readonly ImpactQuantizer _quantizer = request.Impacts.Quantizer;

    public long EmptyVectors { get; private set; }

    public long ClippedWeights { get; private set; }

    public long DroppedWeights { get; private set; }

    /// <summary>The document with its SPLADE field.</summary>
    /// <exception cref="FormatException">A weight or a name isn't one that can be indexed as was asked for.</exception>
    public Document Make(ImportedDocument source)
    {
        if (request.ImpactsOfRange) source = source with { Vector = OfImpacts(source.Vector) };
        else RequireWeights(source.Vector);
        FieldLimits.RequireId(source.Id);
        var document = new Document { new StringField(ImportRequest.IdField, source.Id, Field.Store.YES) };
        foreach (string text in source.Texts) document.Add(new TextField(ImportRequest.TextField, text, Field.Store.YES));
        foreach ((string name, string value) in source.Others)
        {
            if (name == request.To || name is ImportRequest.IdField or ImportRequest.TextField)
                throw new FormatException($"'{name}' is the name of a field that is made; --skip {name} leaves it out");
            document.Add(new StoredField(name, value));
        }

        document.Add(new SpladeField(request.To, source.Vector, model, request.Impacts));
        Count(source.Vector);
        return document;
    }

    // What an impact stands for is exact, so that the same impact comes of it.
    private SparseVector OfImpacts(SparseVector impacts)
    {
        foreach (SparseTerm term in impacts.AsSpan())
        {
            if (term.Weight != MathF.Round(term.Weight)) throw Refuse(term, "no whole number; --weights real says that weights are to be quantized");
            if (term.Weight > ImpactQuantizer.MaxImpact) throw Refuse(term, $"over {ImpactQuantizer.MaxImpact}, the largest impact");
        }

        return SparseVector.Create(impacts.Select(term => term with { Weight = _quantizer.Dequantize((int)term.Weight) }));
    }

    private void RequireWeights(SparseVector vector)
    {
        foreach (SparseTerm term in vector.AsSpan())
        {
            if (request.WholeWeights && term.Weight != MathF.Round(term.Weight))
                throw Refuse(term, "no whole number; --weights real says that weights are to be quantized");
            if (_quantizer.RefusesClipping && term.Weight > _quantizer.Dequantize(ImpactQuantizer.MaxImpact))
                throw Refuse(term, OverLimit());
        }
    }

    private string OverLimit()
    {
        string most = _quantizer.Dequantize(ImpactQuantizer.MaxImpact).ToString(CultureInfo.InvariantCulture);
        return request.WholeWeights
            ? $"over {most}; --largest says what the largest of all is, for all to be scaled by"
            : $"over {most}, the largest that fits an impact; --range says which weight would be 256, --clip counts larger "
                + "ones as the largest, and --weights whole takes impacts as they are";
    }

    private static FormatException Refuse(SparseTerm term, string why) => new(string.Create(
        CultureInfo.InvariantCulture, $"the weight of '{term.Term}' is {term.Weight}, {why}"));

    private void Count(SparseVector vector)
    {
        QuantizationReport report = _quantizer.Measure(vector);
        if (report.Weights == report.Dropped) EmptyVectors++;
        ClippedWeights += report.Clipped;
        DroppedWeights += report.Dropped;
    }
}
