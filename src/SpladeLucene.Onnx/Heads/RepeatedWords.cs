using System.Runtime.InteropServices;
using SpladeLucene.Onnx.Tokenization;

namespace SpladeLucene.Onnx.Heads;

/// <summary>
/// Lets a word that a query says n times weigh n (k + 1) / (n + k) as much, as BM25 counts words of a query; what the query doesn't
/// say, its expansions, stays as it is. Thread-safe.
/// </summary>
/// <param name="saturation">k: with 0 a word counts once, the larger it is the more a repetition adds.</param>
/// <param name="vocabulary">Of the tokens.</param>
internal sealed class RepeatedWords(float saturation, Vocabulary vocabulary)
{
    /// <summary>Null where every word counts once.</summary>
    public static RepeatedWords? Of(float saturation, Vocabulary vocabulary) => saturation == 0 ? null : new RepeatedWords(saturation, vocabulary);

    public SparseVector Apply(SparseVector vector, TokenSequence tokens)
    {
        Dictionary<string, int> said = new(StringComparer.Ordinal);
        bool repeats = false;
        for (int i = 0; i < tokens.Count; i++)
        {
            string token = vocabulary[tokens.Ids[i]] ?? "";
            Count(token);
            // What a word in pieces may match by.
            if (i > 0 && TermText.ContinuesWord(token)) Count(vocabulary[tokens.Ids[i - 1]] + token);
        }

        return repeats ? vector.Reweighed(term => Weight(term.Weight, said.GetValueOrDefault(term.Term, 1))) : vector;

        void Count(string term)
        {
            ref int times = ref CollectionsMarshal.GetValueRefOrAddDefault(said, term, out bool isAgain);
            times++;
            repeats |= isAgain;
        }
    }

    private float Weight(float once, int times) => (float)(once * (times * (saturation + 1d) / (times + saturation)));
}
