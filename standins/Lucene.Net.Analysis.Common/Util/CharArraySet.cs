using Lucene.Net.Util;

namespace Lucene.Net.Analysis.Util;

// A set of words, with or without regard to case.
public class CharArraySet
{
    public static readonly CharArraySet Empty = new(LuceneVersion.LUCENE_48, [], false);

    private readonly HashSet<string> _words;

    public CharArraySet(LuceneVersion matchVersion, IEnumerable<string> collection, bool ignoreCase)
    {
        _ = matchVersion;
        StringComparer comparer = ignoreCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;
        _words = new HashSet<string>(collection, comparer);
    }

    internal bool Contains(string text) => _words.Contains(text);
}
