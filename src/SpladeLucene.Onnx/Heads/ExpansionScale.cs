using SpladeLucene.Onnx.Tokenization;

namespace SpladeLucene.Onnx.Heads;

/// <summary>Multiplies the weights of a text's expansions, the terms that are none of its tokens.</summary>
internal sealed class ExpansionScale(float factor, Vocabulary vocabulary)
{
    public SparseVector Apply(SparseVector vector, TokenSequence tokens)
    {
        HashSet<string> written = new(StringComparer.Ordinal);
        // What is no entry is put together of the text's own tokens.
        foreach (int id in tokens.Ids) written.Add(vocabulary[id]!);
        return vector.Reweighed(term => written.Contains(term.Term) || !vocabulary.TryGetId(term.Term, out _) ? term.Weight : factor * term.Weight);
    }
}
