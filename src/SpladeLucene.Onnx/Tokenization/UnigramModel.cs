namespace SpladeLucene.Onnx.Tokenization;

/// <summary>
/// Cuts a word into entries so that the sum of their scores is largest (Viterbi's algorithm), as Hugging Face's Unigram
/// does: what no entry spells is unknown, at a score of 10 under the least, and unknown characters in a row are one
/// token. Time grows with the word's length times the longest entry's. Thread-safe.
/// </summary>
internal sealed class UnigramModel
{
    private const double UnknownPenalty = 10;

    // A tree of the entries: the node that a node and a character lead to, and the entry that ends in a node.
    private readonly Dictionary<(int Node, char Unit), int> _next = [];
    private readonly List<int> _entries = [-1];
    private readonly IReadOnlyList<double?> _scores;
    private readonly int _unknown;
    private readonly double _unknownScore;

    public UnigramModel(UnigramSettings settings)
    {
        _scores = settings.Scores;
        _unknown = settings.Vocabulary.IdOf(settings.UnknownToken!);
        _unknownScore = _scores.Min()!.Value - UnknownPenalty;
        for (int id = 0; id < _scores.Count; id++)
        {
            if (_scores[id] is not null && settings.Vocabulary[id] is { Length: > 0 } entry) Add(entry, id);
        }
    }

    /// <summary>The entries with their places in <paramref name="word"/>, in order.</summary>
    public List<(int Id, int Start, int End)> Cut(ReadOnlySpan<char> word)
    {
        var best = new Step[word.Length + 1];
        for (int start = 0; start < word.Length;)
        {
            int length = char.IsHighSurrogate(word[start]) && start + 1 < word.Length ? 2 : 1;
            double before = best[start].Score;
            bool spelled = false;
            for (int end = start, node = 0; end < word.Length && _next.TryGetValue((node, word[end]), out node);)
            {
                end++;
                if (_entries[node] is not (>= 0 and var id)) continue;
                Offer(ref best[end], before + _scores[id]!.Value, start, id);
                spelled |= end - start == length;
            }

            if (!spelled) Offer(ref best[start + length], before + _unknownScore, start, _unknown);
            start += length;
        }

        return Way(best);
    }

    private static void Offer(ref Step step, double score, int start, int id)
    {
        if (!step.IsReached || score > step.Score) step = new Step(score, start, id, IsReached: true);
    }

    private List<(int Id, int Start, int End)> Way(Step[] best)
    {
        var way = new List<(int Id, int Start, int End)>();
        for (int end = best.Length - 1; end > 0; end = best[end].Start)
        {
            (int start, int id) = (best[end].Start, best[end].Id);
            if (id == _unknown && way.Count > 0 && way[^1].Id == _unknown) way[^1] = (id, start, way[^1].End);
            else way.Add((id, start, end));
        }

        way.Reverse();
        return way;
    }

    private void Add(string entry, int id)
    {
        int node = 0;
        foreach (char unit in entry)
        {
            if (!_next.TryGetValue((node, unit), out int next))
            {
                next = _entries.Count;
                _entries.Add(-1);
                _next.Add((node, unit), next);
            }

            node = next;
        }

        _entries[node] = id;
    }

    private readonly record struct Step(double Score, int Start, int Id, bool IsReached);
}
