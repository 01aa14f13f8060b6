using SpladeLucene.Onnx.Tokenization;

namespace SpladeLucene.Onnx.Heads;

/// <summary>
/// The dimensions of a graph's output that stand for terms: all but special tokens and ids without an entry.
/// </summary>
internal sealed class TermDimensions
{
    private readonly Vocabulary _vocabulary;
    private readonly int[] _inOrder;

    public TermDimensions(TokenizerSettings settings)
    {
        _vocabulary = settings.Vocabulary;
        _inOrder = Enumerable.Range(0, _vocabulary.Size).Except(SpecialTokens.Of(settings))
            .Where(id => !string.IsNullOrEmpty(_vocabulary[id]))
            .OrderBy(id => _vocabulary[id], StringComparer.Ordinal)
            .ToArray();
    }

    public int VocabularySize => _vocabulary.Size;

    /// <summary>Their ids in ordinal order of the term, which is a vector's: nothing needs sorting afterwards.</summary>
    public ReadOnlySpan<int> InOrder => _inOrder;

    public string TermOf(int id) => _vocabulary[id]!;
}
