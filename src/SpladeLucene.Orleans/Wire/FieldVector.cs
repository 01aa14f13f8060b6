namespace SpladeLucene.Wire;

/// <summary>A document's vector with its field and the fingerprint of its model, as it travels and as a log keeps it.</summary>
internal sealed record FieldVector(string Field, string Model, SparseVector Vector)
{
    /// <exception cref="InvalidDataException">The bytes are no vector.</exception>
    public static FieldVector Read(BinaryReader from)
    {
        (string field, string model, int count) = (from.ReadString(), from.ReadString(), from.ReadInt32());
        if (count < 0 || count > from.BaseStream.Length)
            throw new InvalidDataException($"A vector in {from.BaseStream.Length:N0} bytes has no {count:N0} terms.");
        var terms = new SparseTerm[count];
        for (int i = 0; i < terms.Length; i++) terms[i] = new SparseTerm(from.ReadString(), from.ReadSingle());
        return new FieldVector(field, model, SparseVector.Create(terms));
    }

    public void Write(BinaryWriter to)
    {
        to.Write(Field);
        to.Write(Model);
        to.Write(Vector.Count);
        foreach (SparseTerm term in Vector.AsSpan())
        {
            to.Write(term.Term);
            to.Write(term.Weight);
        }
    }

    /// <summary>The field as Lucene has it.</summary>
    /// <exception cref="ArgumentException">A term is too long or reserved.</exception>
    /// <exception cref="InvalidDataException">The model is none.</exception>
    public SpladeField ToLucene(ImpactFormat format) => ModelFingerprint.TryParse(Model, out ModelFingerprint? model)
        ? new SpladeField(Field, Vector, model, format)
        : throw new InvalidDataException($"'{Model}' is no model's fingerprint.");
}
