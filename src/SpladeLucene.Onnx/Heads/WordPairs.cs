using System.Buffers;
using System.Globalization;
using System.Text;
using SpladeLucene.Onnx.Tokenization;

namespace SpladeLucene.Onnx.Heads;

/// <summary>
/// Lets a word that the vocabulary has only in pieces match as a word: its terms are its pairs of neighbouring pieces,
/// <c>ku##ber</c> and <c>##ber##net</c>, in the place of the pieces, which mean nothing alone. Two words share a term where two
/// pieces in a row are the same. Pieces that are endings say nothing: <c>cat ##s</c> is <c>cat</c>. A long first piece is a
/// term as well, as <c>thunder</c> of <c>thunder ##storm</c>; a short one is a word by chance, as <c>ham</c> of <c>hamster</c>.
/// Thread-safe.
/// </summary>
/// <remarks>
/// The square of a piece's weight is divided evenly among the terms that it is in, and a term weighs the root of what it
/// gets, so that a word that matches whole scores what its pieces scored.
/// </remarks>
internal sealed class WordPairs
{
    private const string Mark = "##";

    private enum Kind : byte
    {
        Begins,
        Continues,
        Ends,
    }

    private readonly Vocabulary _vocabulary;
    private readonly Kind[] _kinds;
    private readonly int _stemLetters;

    /// <param name="vocabulary">A WordPiece vocabulary.</param>
    /// <param name="settings">What pieces say.</param>
    public WordPairs(Vocabulary vocabulary, PairSettings settings)
    {
        (_vocabulary, _stemLetters) = (vocabulary, settings.StemLetters);
        HashSet<string> marked = [.. settings.Endings.Select(ending => Mark + ending)];
        _kinds = new Kind[vocabulary.Size];
        for (int id = 0; id < _kinds.Length; id++)
        {
            string entry = vocabulary[id] ?? "";
            _kinds[id] = !TermText.ContinuesWord(entry) ? Kind.Begins : marked.Contains(entry) ? Kind.Ends : Kind.Continues;
        }
    }

    /// <summary>The vector with pairs in the place of pieces.</summary>
    /// <param name="vector">What a model, or a table, made of the tokens.</param>
    /// <param name="tokens">The tokens, with the two around them.</param>
    public SparseVector Apply(SparseVector vector, TokenSequence tokens)
    {
        if (!HasPieces(tokens.Ids)) return vector;
        var made = new Terms(vector, tokens, _vocabulary);
        for (int start = 1, end; start < tokens.Count - 1; start = end)
        {
            end = EndOf(start, tokens);
            int last = WithoutEndings(start, end, tokens);
            if (last == start) made.AddWord(start);
            else made.AddPieces(start, last, IsStem(tokens.Ids[start]));
        }

        return made.ToVector();
    }

    private bool HasPieces(ReadOnlySpan<int> ids)
    {
        foreach (int id in ids)
        {
            if (_kinds[id] != Kind.Begins) return true;
        }

        return false;
    }

    private bool IsStem(int id) => _kinds[id] == Kind.Begins && _vocabulary[id]!.Length >= _stemLetters;

    private int EndOf(int start, TokenSequence tokens)
    {
        int end = start + 1;
        while (end < tokens.Count - 1 && _kinds[tokens.Ids[end]] != Kind.Begins) end++;
        return end;
    }

    // The last piece that counts.
    private int WithoutEndings(int start, int end, TokenSequence tokens)
    {
        int last = end - 1;
        while (last > start && _kinds[tokens.Ids[last]] == Kind.Ends) last--;
        return last;
    }

    /// <summary>The terms of one text.</summary>
    private sealed class Terms(SparseVector vector, TokenSequence tokens, Vocabulary vocabulary)
    {
        private readonly HashSet<string> _words = new(StringComparer.Ordinal);
        private readonly Dictionary<string, HashSet<SourceSpan?>> _beginnings = new(StringComparer.Ordinal);
        private readonly Dictionary<string, SparseTerm> _made = new(StringComparer.Ordinal);

        public void AddWord(int place) => _words.Add(TermAt(place));

        public void AddPieces(int first, int last, bool isStem)
        {
            if (!_beginnings.TryGetValue(TermAt(first), out HashSet<SourceSpan?>? spans))
                _beginnings.Add(TermAt(first), spans = []);
            spans.Add(tokens.SpanAt(first));
            if (isStem) Add(TermAt(first), Part(first), tokens.SpanAt(first));
            for (int i = first; i < last; i++)
                Add(TermAt(i) + TermAt(i + 1), Part(i) + Part(i + 1), Span(tokens.SpanAt(i), tokens.SpanAt(i + 1)));

            double Part(int place)
            {
                double weight = vector.WeightOf(TermAt(place));
                bool inOne = place == last || (place == first && !isStem);
                return weight * weight / (inOne ? 1 : 2);
            }
        }

        public SparseVector ToVector()
        {
            SparseTerm[] made = [.. _made.Values];
            Array.Sort(made, static (a, b) => string.CompareOrdinal(a.Term, b.Term));
            string[] beginnings = [.. _beginnings.Keys];
            Array.Sort(beginnings, string.CompareOrdinal);
            SparseTerm[] merged = ArrayPool<SparseTerm>.Shared.Rent(vector.Count + made.Length);
            int count = 0, next = 0, begun = 0;
            foreach (ref readonly SparseTerm term in vector.AsSpan())
            {
                if (TermText.ContinuesWord(term.Term)) continue;
                while (begun < beginnings.Length && string.CompareOrdinal(beginnings[begun], term.Term) < 0) begun++;
                if (begun < beginnings.Length && beginnings[begun] == term.Term && !Stays(term)) continue;
                while (next < made.Length && string.CompareOrdinal(made[next].Term, term.Term) < 0) merged[count++] = made[next++];
                // A stem that stands there as a word too has the word's weight.
                if (next < made.Length && made[next].Term == term.Term) next++;
                merged[count++] = term;
            }

            while (next < made.Length) merged[count++] = made[next++];
            SparseTerm[] own = merged[..count];
            ArrayPool<SparseTerm>.Shared.Return(merged, clearArray: true);
            return SparseVector.FromOrdered(own);
        }

        // A first piece that the text brings by another word than the one it is cut from.
        private bool Stays(in SparseTerm beginning) => _words.Contains(beginning.Term)
            || (beginning.Span is not null && !_beginnings[beginning.Term].Contains(beginning.Span));

        private void Add(string term, double square, SourceSpan? span)
        {
            float weight = (float)Math.Sqrt(square);
            if (weight > 0 && (!_made.TryGetValue(term, out SparseTerm other) || weight > other.Weight))
                _made[term] = new SparseTerm(term, weight, span);
        }

        private string TermAt(int place) => vocabulary[tokens.Ids[place]]!;
    }

    private static SourceSpan? Span(SourceSpan? left, SourceSpan? right) =>
        left is { } first && right is { } second ? new SourceSpan(first.Start, second.End) : null;
}

/// <summary>What the pieces of words say.</summary>
/// <param name="StemLetters">How long a first piece is that is a term as well.</param>
/// <param name="Endings">What may follow a word without making it another, without marks.</param>
internal sealed record PairSettings(int StemLetters, IReadOnlyList<string> Endings)
{
    private const string InHead = "-pairs:";

    /// <summary>A head's name in a fingerprint, with what its pairs are known by, if it has any.</summary>
    public static string NameOf(string head, PairSettings? pairs) => pairs is null ? head : head + InHead + pairs.Hash;

    /// <summary>What such a name says of pairs; null where it says nothing.</summary>
    public static string? HashIn(string head) =>
        head.IndexOf(InHead, StringComparison.Ordinal) is var at and >= 0 ? head[(at + InHead.Length)..] : null;

    /// <summary>In a fingerprint.</summary>
    public string Hash => ModelFingerprint.Hash(Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"{StemLetters} {string.Join(' ', Endings)}")));
}
