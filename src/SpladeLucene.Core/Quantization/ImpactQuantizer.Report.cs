namespace SpladeLucene;

public sealed partial record ImpactQuantizer
{
    /// <summary>The error that quantizing <paramref name="vector"/> as a document causes.</summary>
    public QuantizationReport Measure(SparseVector vector) => Measure([vector]);

    /// <summary>The error that quantizing all of <paramref name="vectors"/> as documents causes.</summary>
    public QuantizationReport Measure(IEnumerable<SparseVector> vectors)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        long count = 0, dropped = 0, clipped = 0;
        double largest = 0, squares = 0;
        foreach (SparseTerm term in vectors.SelectMany(vector => vector))
        {
            double level = Round(term.Weight);
            double error = Math.Abs(term.Weight - Dequantize(Quantize(term.Weight)));
            count++;
            if (level == 0) dropped++;
            if (level > MaxImpact) clipped++;
            largest = Math.Max(largest, error);
            squares += error * error;
        }

        return new QuantizationReport(count, dropped, clipped, largest, count == 0 ? 0 : Math.Sqrt(squares / count));
    }
}
