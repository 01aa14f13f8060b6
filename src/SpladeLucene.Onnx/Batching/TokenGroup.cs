using SpladeLucene.Onnx.Tokenization;
using SpladeLucene.Windows;

namespace SpladeLucene.Onnx.Batching;

/// <summary>
/// The windows of the texts that are sorted by length and cut into batches together: enough of them to fill batches
/// evenly, and few enough that what is held in memory does not grow with the number of texts.
/// </summary>
/// <param name="windows">How long texts are cut.</param>
/// <param name="texts">How many texts are enough.</param>
internal sealed class TokenGroup(TextWindows windows, int texts)
{
    private const int FullTokens = 1 << 16;

    private readonly List<Entry> _entries = [];
    private readonly List<Window> _windows = [];
    private int _tokens;

    public bool IsFull => _entries.Count >= texts || _tokens >= FullTokens;

    /// <summary>The tokens of each window, the two special ones included.</summary>
    public int[] Lengths => [.. _windows.Select(window => window.Length + TextWindows.SpecialTokens)];

    /// <summary>Adds a text, unless it says nothing.</summary>
    /// <param name="index">The caller's, of the text.</param>
    /// <param name="tokens">Its tokens, with the two around it.</param>
    /// <param name="isBlank">Whether a token says nothing. A window of nothing else is left out.</param>
    public void Add(int index, TokenSequence tokens, Func<int, bool> isBlank)
    {
        if (tokens.Count <= TextWindows.SpecialTokens) return;
        int before = _windows.Count;
        foreach ((int start, int length) in WindowPlan.Cut(tokens.Count - TextWindows.SpecialTokens, windows))
        {
            if (HasWord(tokens.Ids.Slice(start + 1, length), isBlank))
                _windows.Add(new Window(_entries.Count, start, length));
        }

        if (_windows.Count == before) return;
        _entries.Add(new Entry(index, tokens, new VectorMerger(windows.Merge), _windows.Count - before));
        _tokens += tokens.Count;
    }

    /// <summary>A batch of some of the windows.</summary>
    public TokenBatch Batch(int[] windows, BatchLayout layout) => new(
        Array.ConvertAll(windows, TokensOf), layout,
        Array.ConvertAll(windows, window => _entries[_windows[window].Entry].Index));

    /// <summary>Takes a window's vector.</summary>
    /// <returns>The text, if this was the last of its windows.</returns>
    public EncodedText? Take(int window, SparseVector vector)
    {
        Entry entry = _entries[_windows[window].Entry];
        entry.Merger.Add(vector);
        return --entry.WindowsLeft == 0 ? new EncodedText(entry.Index, entry.Tokens, entry.Merger.Result()) : null;
    }

    private TokenSequence TokensOf(int window) =>
        _entries[_windows[window].Entry].Tokens.Window(_windows[window].Start, _windows[window].Length);

    private static bool HasWord(ReadOnlySpan<int> ids, Func<int, bool> isBlank)
    {
        foreach (int id in ids)
        {
            if (!isBlank(id)) return true;
        }

        return false;
    }

    private sealed class Entry(int index, TokenSequence tokens, VectorMerger merger, int windows)
    {
        public int Index => index;

        public TokenSequence Tokens => tokens;

        public VectorMerger Merger => merger;

        public int WindowsLeft { get; set; } = windows;
    }

    private readonly record struct Window(int Entry, int Start, int Length);
}

/// <summary>A text whose windows all have their vectors.</summary>
/// <param name="Index">The caller's.</param>
/// <param name="Tokens">Those of all windows.</param>
/// <param name="Vector">The merged one.</param>
internal readonly record struct EncodedText(int Index, TokenSequence Tokens, SparseVector Vector);

/// <summary>Texts in groups, as they come. Of many texts the first groups are small, so that the graph has something to run soon.</summary>
internal sealed class TokenGroups(int texts, TextWindows windows)
{
    private const int FirstTexts = 64, FullTexts = 1024;

    private int _next;
    private int _size = texts <= FullTexts / 4 ? FullTexts : FirstTexts;

    /// <summary>The next group; null where no text is left.</summary>
    /// <param name="add">Adds the text of this index to the group.</param>
    public TokenGroup? Next(Action<TokenGroup, int> add)
    {
        if (_next == texts) return null;
        var group = new TokenGroup(windows, _size);
        while (_next < texts && !group.IsFull) add(group, _next++);
        _size = Math.Min(2 * _size, FullTexts);
        return group;
    }
}
